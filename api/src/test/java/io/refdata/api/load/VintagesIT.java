package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The values that were known at an instant, of files as they are published. */
@ArquillianTest
class VintagesIT {
  private static final Set<String> KEYS = Set.of("iso_code", "country", "year");

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void aPublishedRevisionLeavesWhatWasKnownBefore() throws Exception {
    Path august = PublishedFiles.path("co2-2020-08.csv");
    Path november = PublishedFiles.path("co2-2020-11.csv");
    client.yearly("CO2V", "region=regions", "indicator=indicators");
    client.create(
        "layouts/co2v",
        """
        {"into": "datasets/CO2V", "time": {"column": "year", "pattern": "yyyy"},
         "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true, "create": true}},
         "values": {"exclude": ["country"]}}
        """);
    JsonNode first = load("layout=co2v&maxRejectRatio=1", august);
    JsonNode second = load("layout=co2v&maxRejectRatio=1&mode=REPLACE&maxDeleteRatio=1", november);
    JsonNode again = load("layout=co2v&maxRejectRatio=1", november);

    Map<String, Double> before = emissions(august);
    Map<String, Double> after = emissions(november);
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    long revised =
        all.stream()
            .filter(key -> before.containsKey(key) && after.containsKey(key))
            .filter(key -> !java.util.Objects.equals(before.get(key), after.get(key)))
            .count();
    long inserted = all.stream().filter(key -> !before.containsKey(key)).count();
    long deleted = all.stream().filter(key -> !after.containsKey(key)).count();
    assertThat(revised).isPositive();
    assertThat(first.at("/rows/inserted").asLong()).isEqualTo(before.size());
    assertThat(second.at("/rows/revised").asLong()).isEqualTo(revised);
    assertThat(second.at("/rows/inserted").asLong()).isEqualTo(inserted);
    assertThat(second.at("/rows/deleted").asLong()).isEqualTo(deleted);
    assertThat(again.at("/rows/unchanged").asLong()).isEqualTo(after.size());
    assertThat(again.at("/rows/inserted").asLong() + again.at("/rows/revised").asLong()).isZero();

    Instant between = Instant.parse(second.get("recordedAt").asText()).minusNanos(1_000);
    assertThat(known("CO2V", "?asOf=" + first.get("recordedAt").asText())).isEqualTo(before);
    assertThat(known("CO2V", "?asOf=" + between)).isEqualTo(before);
    assertThat(known("CO2V", "?asOf=" + second.get("recordedAt").asText())).isEqualTo(after);
    assertThat(known("CO2V", "")).isEqualTo(after);
    assertThat(known("CO2V", "?asOf=2000-01-01T00:00:00Z")).isEmpty();
    assertThat(actions("CO2V", between)).isEqualTo(counts(inserted, revised, deleted));

    Map<String, Long> vintages = new TreeMap<>();
    JsonNode items = client.get("datasets/CO2V/series/FRA.gdp/vintages").get("items");
    assertThat(items.get(items.size() - 1).get("load").asLong())
        .isEqualTo(first.get("id").asLong());
    for (String fate : List.of("inserted", "revised", "deleted")) {
      vintages.put(fate, items.size() < 2 ? 0 : items.get(0).get(fate).asLong());
    }
    assertThat(vintages.get("revised"))
        .isEqualTo(
            all.stream()
                .filter(key -> key.startsWith("FRA.gdp "))
                .filter(key -> before.containsKey(key) && after.containsKey(key))
                .filter(key -> !java.util.Objects.equals(before.get(key), after.get(key)))
                .count());
  }

  private static Map<String, Long> counts(long inserted, long revised, long deleted) {
    Map<String, Long> counts = new TreeMap<>(Map.of("I", inserted, "R", revised, "D", deleted));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  @Test
  void aPriceHasNoValueWhereItsMarketWasClosed() throws Exception {
    Path file = PublishedFiles.path("brent-daily.csv");
    client.create("indicators/BRENT", "{\"name\": \"Brent crude\"}");
    client.dataset("BRENT", "D", "YEAR", "indicator=indicators");
    client.create(
        "layouts/brent",
        """
        {"into": "datasets/BRENT", "time": {"column": "Date"},
         "dimensions": {"indicator": {"constant": "BRENT"}}, "value": {"column": "Price"}}
        """);
    JsonNode load = load("layout=brent", file);
    assertThat(load.at("/rows/rejected").asLong()).isZero();
    Map<String, Double> expected = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      lines.forEach(line -> expected.put("BRENT " + line.getField("Date"), number(line, "Price")));
    }
    assertThat(known("BRENT", "")).isEqualTo(expected);
    assertThat(known("BRENT", "?last=2").keySet())
        .containsExactlyElementsOf(lastTwo(expected.keySet()));
    assertThat(load("layout=brent", file).at("/rows/unchanged").asInt()).isEqualTo(expected.size());
  }

  private static List<String> lastTwo(Set<String> keys) {
    return keys.stream().skip(keys.size() - 2).toList();
  }

  @Test
  void generationStandsInOneColumnForEachYear() throws Exception {
    Path file = PublishedFiles.path("power-plants-usa-2018.csv");
    client.create(
        "layouts/usa",
        """
        {"into": "facilities", "scope": {"region": "USA", "kind": "POWER_PLANT"}, "properties": {
          "code": {"column": "gppd_idnr"}, "name": {"column": "name"},
          "region": {"column": "country"}, "kind": {"constant": "POWER_PLANT"},
          "fuel": {"column": "primary_fuel", "as": "CODE", "create": true},
          "capacityMw": {"column": "capacity_mw"}, "commissioned": {"column": "commissioning_year"}}}
        """);
    // Any other plants of the scope that there were are gone then.
    JsonNode plants = load("layout=usa&mode=REPLACE&maxDeleteRatio=1", file);
    assertThat(plants.get("state").asText()).as(plants.toString()).isEqualTo("COMPLETED");
    client.yearly("GENERATION", "facility=facilities");
    client.create(
        "layouts/generation",
        """
        {"into": "datasets/GENERATION",
         "time": {"header": "generation_gwh_(\\\\d{4})", "pattern": "yyyy"},
         "dimensions": {"facility": {"column": "gppd_idnr"}}}
        """);
    JsonNode load = load("layout=generation", file);
    Map<String, Double> expected = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        for (int year = 2013; year <= 2017; year++) {
          String header = "generation_gwh_" + year;
          if (!line.getField(header).isEmpty()) {
            expected.put(line.getField("gppd_idnr") + " " + year, number(line, header));
          }
        }
      }
    }
    assertThat(load.at("/rows/inserted").asInt()).isEqualTo(expected.size());
    assertThat(known("GENERATION", "")).isEqualTo(expected);

    // A plant less in the file: deleted if nothing refers to it, else named as a reject.
    List<String> lines = Files.readAllLines(file);
    Path fewer = Files.createTempFile("fewer", ".csv");
    try {
      Files.write(fewer, lines.subList(0, lines.size() - 2));
      Set<String> gone =
          lines.subList(lines.size() - 2, lines.size()).stream()
              .map(VintagesIT::plant)
              .collect(Collectors.toSet());
      JsonNode replaced = load("layout=usa&mode=REPLACE", fewer);
      Set<String> referred =
          gone.stream()
              .filter(
                  code -> expected.keySet().stream().anyMatch(key -> key.startsWith(code + " ")))
              .collect(Collectors.toSet());
      assertThat(replaced.at("/rows/deleted").asInt()).isEqualTo(gone.size() - referred.size());
      String rejects = client.text("loads/" + replaced.get("id").asLong() + "/rejects", "text/csv");
      for (String code : gone) {
        int status = given().get("/api/v1/facilities/" + code).statusCode();
        assertThat(status).isEqualTo(referred.contains(code) ? 200 : 404);
        if (referred.contains(code)) {
          assertThat(rejects)
              .contains("STILL_REFERENCED")
              .contains("datasets/GENERATION/series/" + code);
        }
      }
    } finally {
      Files.delete(fewer);
    }
  }

  private static String plant(String line) {
    return Arrays.stream(line.split(","))
        .filter(field -> field.startsWith("USA0"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode load(String parameters, Path file) throws Exception {
    JsonNode load = client.load(parameters, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    JsonNode rows = load.get("rows");
    assertThat(rows.get("read").asLong())
        .isEqualTo(
            rows.get("inserted").asLong()
                + rows.get("revised").asLong()
                + rows.get("unchanged").asLong()
                + rows.get("rejected").asLong());
    return load;
  }

  /** {@code key time} to value, as CSV has it. */
  private Map<String, Double> known(String dataset, String query) throws Exception {
    Map<String, Double> known = new TreeMap<>();
    String csv = client.text("datasets/" + dataset + "/observations" + query, "text/csv");
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv)) {
      lines.forEach(
          line ->
              known.put(line.getField("key") + " " + line.getField("time"), number(line, "value")));
    }
    return known;
  }

  private Map<String, Long> actions(String dataset, Instant since) throws Exception {
    String csv =
        client.text("datasets/" + dataset + "/observations?updatedAfter=" + since, "text/csv");
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv);
        var stream = lines.stream()) {
      return new TreeMap<>(
          stream.collect(
              Collectors.groupingBy(line -> line.getField("action"), Collectors.counting())));
    }
  }

  /** The file read on the test's own account: {@code key time} to value, of known regions. */
  private Map<String, Double> emissions(Path file) throws Exception {
    Set<String> regions = new TreeSet<>();
    client
        .get("regions?limit=1000")
        .get("items")
        .forEach(region -> regions.add(region.get("code").asText()));
    Map<String, Double> values = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        if (!regions.contains(line.getField("iso_code"))) {
          continue;
        }
        for (Map.Entry<String, String> cell : line.getFieldsAsMap().entrySet()) {
          if (!KEYS.contains(cell.getKey()) && !cell.getValue().isEmpty()) {
            values.put(
                "%s.%s %s"
                    .formatted(line.getField("iso_code"), cell.getKey(), line.getField("year")),
                Double.valueOf(cell.getValue()));
          }
        }
      }
    }
    return values;
  }

  private static double number(NamedCsvRecord line, String field) {
    return Double.parseDouble(line.getField(field));
  }
}
