package io.refdata.api.prometheus;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules and the dashboards fit the metrics of the server: no query names a metric that is not
 * there, and each panel shows something.
 */
@ArquillianTest
class MonitoringFilesIT {
  private static final Path FILES = Path.of("../monitoring");
  private static final Path PROMETHEUS = FILES.resolve("prometheus");
  private static final Path RULES = PROMETHEUS.resolve("rules.yaml");
  private static final Path DOCUMENTS = Path.of("../docs");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:refdata|agroal|http|hibernate|jvm|process|system)_\\w+");

  /** The parts of queries that are empty on a healthy server without a past, each with a reason. */
  private static final Map<String, String> EMPTY_AT_FIRST =
      Map.ofEntries(
          entry("status=~\"5..\"", "no request has failed"),
          entry("refdata_sla_", "nobody has made an agreement"),
          entry("refdata_performance_target", "the performance suite has not run"),
          entry("task=\"MEASURE_PERFORMANCE\"", "the performance suite has not run"),
          entry("refdata_partitions_missing", "it is looked for every five minutes"));

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void programsAreInstalled() {
    Prometheus.require();
  }

  @Test
  void theRulesAreValidAndDoWhatTheirCasesSay() throws Exception {
    assertThat(Prometheus.tool(PROMETHEUS, "check", "rules", "rules.yaml")).contains("SUCCESS");
    assertThat(Prometheus.tool(PROMETHEUS, "test", "rules", "rules-test.yaml")).contains("SUCCESS");
    Prometheus.tool(PROMETHEUS, "check", "config", "prometheus.yml");
  }

  @Test
  void eachRuleHasACaseASeverityAndARunbook() throws Exception {
    String cases = Files.readString(PROMETHEUS.resolve("rules-test.yaml"));
    try (Prometheus prometheus = start()) {
      for (JsonNode rule : rules(prometheus)) {
        String name = rule.get("name").asText();
        String severity = rule.at("/labels/severity").asText();
        assertThat(cases)
            .contains(
                "alertname=\"%s\", alertstate=\"firing\", severity=\"%s\""
                    .formatted(name, severity));
        assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
        String runbook = rule.at("/annotations/runbook_url").asText();
        String document = runbook.replaceAll("^.*/docs/([a-z]+\\.md)#.*$", "$1");
        assertThat(headings(DOCUMENTS.resolve(document)))
            .as(runbook)
            .contains(runbook.substring(runbook.indexOf('#') + 1));
      }
    }
  }

  /** The anchors that a page of a document has for its headings. */
  private static List<String> headings(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void theMetricsOfTheRulesAreThere() throws Exception {
    use();
    try (Prometheus prometheus = start()) {
      prometheus.awaitScrapes(2);
      TreeSet<String> named = new TreeSet<>();
      for (JsonNode rule : rules(prometheus)) {
        METRIC
            .matcher(rule.get("query").asText())
            .results()
            .map(found -> found.group())
            .filter(name -> !isEmptyAtFirst(name))
            .forEach(named::add);
      }
      await("the metrics of the rules")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(names(prometheus)).containsAll(named));
    }
  }

  @Test
  void eachPanelShowsSomething() throws Exception {
    Map<String, String> queries = Dashboards.read(FILES.resolve("grafana")).queries();
    assertThat(queries).hasSizeGreaterThan(100);
    for (String may : EMPTY_AT_FIRST.keySet()) {
      assertThat(queries.values()).as(may).anyMatch(query -> query.contains(may));
    }
    use();
    try (Prometheus prometheus = start()) {
      for (Map.Entry<String, String> query : queries.entrySet()) {
        assertThat(prometheus.parses(query.getValue())).as(query.toString()).isTrue();
      }
      prometheus.awaitScrapes(2);
      use();
      prometheus.awaitScrapes(2);
      await("each panel shows something")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(empty(prometheus, queries)).isEmpty());
    }
  }

  private static Map<String, String> empty(Prometheus prometheus, Map<String, String> queries)
      throws IOException, InterruptedException {
    Map<String, String> empty = new LinkedHashMap<>();
    for (Map.Entry<String, String> query : queries.entrySet()) {
      if (!isEmptyAtFirst(query.getValue()) && prometheus.query(query.getValue()).isEmpty()) {
        empty.put(query.getKey(), query.getValue());
      }
    }
    return empty;
  }

  private static boolean isEmptyAtFirst(String query) {
    return EMPTY_AT_FIRST.keySet().stream().anyMatch(query::contains);
  }

  private static Prometheus start() throws IOException {
    return Prometheus.start(Path.of("target/it/prometheus"), RULES, RestAssured.port);
  }

  private static List<JsonNode> rules(Prometheus prometheus)
      throws IOException, InterruptedException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : prometheus.data("/api/v1/rules").get("groups")) {
      group.get("rules").forEach(rules::add);
    }
    return rules;
  }

  private static List<String> names(Prometheus prometheus)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    prometheus.data("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Something of each kind: a read twice, a list as a stream, a write, a load and a push. */
  private void use() throws IOException, InterruptedException {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.yearly("SCRAPED", "region=regions", "indicator=indicators");
    client.load(
        "into=datasets/SCRAPED",
        BodyPublishers.ofString("region,indicator,time,value\nFRA,co2,2020,1\n"));
    client.push(
        "SCRAPED",
        "[{\"region\": \"DEU\", \"indicator\": \"co2\", \"time\": \"2020\", \"value\": 1}]");
    client.get("regions?limit=3");
    client.get("regions?limit=3");
    client.get("datasets/SCRAPED/observations");
    client.text("regions", "text/csv");
  }
}
