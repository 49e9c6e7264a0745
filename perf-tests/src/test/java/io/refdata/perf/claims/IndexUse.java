package io.refdata.perf.claims;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Counts the indexes that requests use: each filter and order of the large collections, now and in
 * the past, each way to read series, and edits. Other measurements of the same run count too.
 */
final class IndexUse {
  private static final List<String> LISTS =
      List.of(
          "facilities/PLANT_77",
          "facilities?kind=POWER_PLANT",
          "facilities?fuel=HYDRO",
          "facilities?region=FRA",
          "facilities?within=M49-150",
          "facilities?q=777",
          "facilities?organization=%s",
          "facilities?owners=%1$s",
          "facilities?capacityMw=ge:999",
          "facilities?sort=name",
          "facilities?sort=-capacityMw",
          "facilities?bbox=0,40,1,41",
          "facilities?limit=1000&expand=region,organization,emissionSources",
          "organizations/%s",
          "organizations?q=Operator 7",
          "organizations?region=FRA",
          "organizations?parent=%s",
          "organizations?kind=COMPANY",
          "organizations?status=ACTIVE",
          "organizations?sort=name",
          "emission-sources/PLANT_77_1",
          "emission-sources?facility=PLANT_77",
          "emission-sources?scope=2",
          "emission-sources?gas=CO2",
          "emission-sources?method=MEASURED",
          "emission-sources?q=PLANT_77_",
          "emission-sources?sort=name",
          "indicators?q=Indicator 77",
          "indicators?unit=MT",
          "indicators?sort=name");
  private static final List<String> OTHERS =
      List.of(
          "indicators/PERF_77",
          "facilities/PLANT_77/history",
          "organizations/%s/history",
          "emission-sources/PLANT_77_1/history",
          "changes?since=0&limit=50",
          "datasets/MANY/series?limit=50",
          "datasets/MANY/series?indicator=PERF_77",
          "datasets/MANY/observations?key=PERF_77",
          "datasets/MANY/series/PERF_77/vintages");

  private static final int EDITS_PER_SECOND = 10;
  private static final int LARGE = 1_000;

  private final ReadPlatform platform;

  IndexUse(ReadPlatform platform) {
    this.platform = platform;
  }

  /** Sends these requests. */
  void sendRequests() throws Exception {
    String organization =
        platform.client().get("organizations?limit=1").at("/items/0/code").asText();
    String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    for (String list : LISTS) {
      String path = list.formatted(organization).replace(" ", "%20");
      platform.get(path);
      platform.get(path + (path.contains("?") ? "&" : "?") + "asOf=" + now);
    }
    for (String path : OTHERS) {
      platform.get(path.formatted(organization));
    }
    ConstantRate.millis(
        EDITS_PER_SECOND,
        Stream.of(
                "facilities/PLANT_77",
                "organizations/" + organization,
                "emission-sources/PLANT_77_1")
            .map(item -> ConstantRate.edit(platform.api(item), "{\"name\": \"Renamed\"}"))
            .toList());
  }

  /** Whether a table has data; the others are the platform's own records. */
  private static boolean isData(String table) {
    return Stream.of("ref.", "raw.", "staging.", "curated.").anyMatch(table::startsWith);
  }

  /** The indexes that were used since the platform started. */
  Claim measure() throws Exception {
    Set<String> large = new TreeSet<>();
    for (JsonNode table : platform.client().get("database/tables").get("items")) {
      if (table.get("rows").asLong() >= LARGE) {
        large.add(table.get("schema").asText() + "." + table.get("name").asText());
      }
    }
    int number = 0;
    List<String> unused = new ArrayList<>();
    for (JsonNode index : platform.client().get("database/indexes").get("items")) {
      if (isData(index.get("table").asText()) && large.contains(index.get("table").asText())) {
        number++;
        if (index.get("scans").asLong() == 0) {
          unused.add(index.get("name").asText());
        }
      }
    }
    double used = number - unused.size();
    return new Claim(
        "indexes.used",
        "sports-odds platform",
        "Indexes: used ones",
        90,
        100 * used / number,
        "%",
        true,
        Figures.format("%.0f of %d; not %s", used, number, String.join(", ", unused)),
        "",
        "Indexes with at least one scan, by GET /database/indexes, after each filter and order of"
            + " the large collections has been asked for, now and in the past, and items"
            + " edited; on tables with at least 1,000 rows, since smaller ones are read whole; of"
            + " partitions as one.");
  }
}
