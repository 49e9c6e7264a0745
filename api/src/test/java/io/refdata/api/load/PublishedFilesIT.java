package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/**
 * The first hour of a data engineer: real files, as they are published, and what must be there
 * then.
 */
@ArquillianTest
class PublishedFilesIT {
  private static final Set<String> KEYS = Set.of("iso_code", "country", "year");

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void everyValueOfAWideFileIsKeptOrNamedInTheRejects() throws Exception {
    Path file = PublishedFiles.path("co2-2020-08.csv");
    describeEmissions(file);

    JsonNode load = client.load("layout=co2", BodyPublishers.ofFile(file));

    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    Map<String, Map<String, String>> expected = new TreeMap<>();
    Set<Long> refusedLines = new HashSet<>();
    long refusedValues = readEmissions(file, regions(), expected, refusedLines);
    long keptValues = expected.values().stream().mapToLong(Map::size).sum();
    assertThat(load.at("/rows/read").asLong()).isEqualTo(keptValues + refusedValues);
    assertThat(load.at("/rows/inserted").asLong()).isEqualTo(keptValues);
    assertThat(load.at("/rows/rejected").asLong()).isEqualTo(refusedValues);
    assertThat(rejectedLines(load)).containsExactlyInAnyOrderElementsOf(refusedLines);
    assertThat(observations("datasets/CO2/observations")).isEqualTo(numbers(expected));
    assertThat(columns("datasets/CO2/observations?key=FRA.co2"))
        .isEqualTo(numbers(Map.of("FRA.co2", expected.get("FRA.co2"))));

    JsonNode again = client.load("layout=co2", BodyPublishers.ofFile(file));
    assertThat(again.at("/rows/unchanged").asLong()).isEqualTo(keptValues);
    assertThat(again.at("/rows/inserted").asLong()).isZero();
  }

  @Test
  void plantsAreOnFileAsTheirFileHasThem() throws Exception {
    Path file = PublishedFiles.path("power-plants-world.csv");
    client.create(
        "layouts/world-plants",
        """
        {"into": "facilities", "properties": {"code": {"column": "gppd_idnr"}, "name": {"column": "name"},
         "region": {"column": "country"}, "fuel": {"column": "primary_fuel", "as": "CODE", "create": true},
         "capacityMw": {"column": "capacity_mw"}, "kind": {"constant": "POWER_PLANT"},
         "commissioned": {"column": "commissioning_year"},
         "organization": {"column": "owner", "match": "name", "create": true}}}
        """);

    JsonNode load = client.load("layout=world-plants", BodyPublishers.ofFile(file));

    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    Set<String> regions = regions();
    long plants = 0;
    long unknown = 0;
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        plants++;
        unknown += regions.contains(line.getField("country")) ? 0 : 1;
      }
    }
    assertThat(unknown).isPositive();
    assertThat(load.at("/rows/inserted").asLong()).isEqualTo(plants - unknown);
    assertThat(load.at("/rows/rejected").asLong()).isEqualTo(unknown);
    assertThat(rejects(load))
        .extracting(reject -> reject.getField("code"))
        .containsOnly("UNKNOWN_REGION");
    Map<String, Double> expected = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        if (line.getField("country").equals("FRA")
            && line.getField("primary_fuel").equals("Hydro")) {
          expected.put(line.getField("gppd_idnr"), Double.valueOf(line.getField("capacity_mw")));
        }
      }
    }
    Map<String, Double> listed = new TreeMap<>();
    for (JsonNode plant : client.get("facilities?fuel=HYDRO&region=FRA&limit=1000").get("items")) {
      // Other tests have plants too; all codes of this file begin alike.
      if (plant.get("code").asText().startsWith("GEODB")) {
        listed.put(plant.get("code").asText(), plant.get("capacityMw").asDouble());
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(listed).isEqualTo(expected);
  }

  private void describeEmissions(Path file) throws IOException, InterruptedException {
    client.create("providers/OWID", "{\"name\": \"Our World in Data\"}");
    for (String header : Files.lines(file).findFirst().orElseThrow().split(",")) {
      if (!KEYS.contains(header)) {
        client.create("indicators/" + header, "{\"name\": \"" + header + "\"}");
      }
    }
    client.create(
        "datasets/CO2",
        """
        {"name": "CO2 and energy by country", "provider": "OWID", "frequency": "A",
         "dimensions": [{"code": "region", "values": "regions"},
                        {"code": "indicator", "values": "indicators"}],
         "partitioning": {"interval": "DECADE"}}
        """);
    client.create(
        "layouts/co2",
        """
        {"into": "datasets/CO2", "time": {"column": "year", "pattern": "yyyy"},
         "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true}},
         "values": {"exclude": ["country"]}}
        """);
  }

  /**
   * Reads the file on its own account: values by series and year, and the lines that are refused.
   */
  private static long readEmissions(
      Path file, Set<String> regions, Map<String, Map<String, String>> values, Set<Long> refused)
      throws IOException {
    long refusedValues = 0;
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        String region = line.getField("iso_code");
        if (!regions.contains(region)) {
          refused.add(line.getStartingLineNumber());
        }
        for (Map.Entry<String, String> cell : line.getFieldsAsMap().entrySet()) {
          if (KEYS.contains(cell.getKey()) || cell.getValue().isEmpty()) {
            continue;
          }
          if (regions.contains(region)) {
            values
                .computeIfAbsent(region + "." + cell.getKey(), key -> new TreeMap<>())
                .put(line.getField("year"), cell.getValue());
          } else {
            refusedValues++;
          }
        }
      }
    }
    return refusedValues;
  }

  private Set<String> regions() throws IOException, InterruptedException {
    Set<String> codes = new HashSet<>();
    client
        .get("regions?limit=1000")
        .get("items")
        .forEach(region -> codes.add(region.get("code").asText()));
    return codes;
  }

  private static Map<String, Map<String, Double>> numbers(Map<String, Map<String, String>> texts) {
    Map<String, Map<String, Double>> numbers = new TreeMap<>();
    texts.forEach(
        (key, series) ->
            series.forEach(
                (year, value) ->
                    numbers
                        .computeIfAbsent(key, each -> new TreeMap<>())
                        .put(year, Double.valueOf(value))));
    return numbers;
  }

  private Map<String, Map<String, Double>> observations(String path)
      throws IOException, InterruptedException {
    Map<String, Map<String, Double>> values = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(client.text(path, "text/csv"))) {
      for (NamedCsvRecord line : lines) {
        values
            .computeIfAbsent(line.getField("key"), key -> new TreeMap<>())
            .put(line.getField("time"), Double.valueOf(line.getField("value")));
      }
    }
    return values;
  }

  private Map<String, Map<String, Double>> columns(String path)
      throws IOException, InterruptedException {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    for (JsonNode series : client.get(path).get("series")) {
      Map<String, Double> byTime = new TreeMap<>();
      for (int i = 0; i < series.get("time").size(); i++) {
        byTime.put(series.get("time").get(i).asText(), series.get("value").get(i).asDouble());
      }
      values.put(series.get("key").asText(), byTime);
    }
    return values;
  }

  private List<Long> rejectedLines(JsonNode load) throws IOException, InterruptedException {
    return rejects(load).stream().map(reject -> Long.valueOf(reject.getField("line"))).toList();
  }

  private List<NamedCsvRecord> rejects(JsonNode load) throws IOException, InterruptedException {
    String csv = client.text("loads/" + load.get("id").asLong() + "/rejects", "text/csv");
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv);
        Stream<NamedCsvRecord> stream = lines.stream()) {
      return new ArrayList<>(stream.toList());
    }
  }
}
