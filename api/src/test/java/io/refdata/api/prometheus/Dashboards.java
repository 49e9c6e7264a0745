package io.refdata.api.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboards of a directory, as Grafana would ask for their figures. */
record Dashboards(List<JsonNode> all) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The texts that Grafana puts in place of variables; of the others, everything. */
  private static final Map<String, String> VARIABLES =
      Map.of("$__rate_interval", "1m", "$__range", "1h", "$job", "refdata");

  static Dashboards read(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<JsonNode> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(JSON.readTree(Files.readString(file)));
      }
      return new Dashboards(all);
    }
  }

  /** All queries, by the titles of the dashboard and the panel and the letter of the query. */
  Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode dashboard : all) {
      for (JsonNode panel : dashboard.get("panels")) {
        for (JsonNode target : panel.path("targets")) {
          queries.put(
              "%s / %s / %s"
                  .formatted(
                      dashboard.get("title").asText(),
                      panel.get("title").asText(),
                      target.get("refId").asText()),
              filledIn(target.get("expr").asText()));
        }
      }
    }
    return queries;
  }

  private static String filledIn(String query) {
    String filled = query;
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      filled = filled.replace(variable.getKey(), variable.getValue());
    }
    return filled.replaceAll("\\$\\w+", ".*");
  }
}
