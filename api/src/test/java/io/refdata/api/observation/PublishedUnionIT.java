package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The European Union of changing composition, worked out from a published file of countries. */
@ArquillianTest
class PublishedUnionIT {
  private static final Map<Integer, String> JOINED =
      Map.of(
          1958, "BEL FRA DEU ITA LUX NLD",
          1973, "DNK IRL GBR",
          1981, "GRC",
          1986, "ESP PRT",
          1995, "AUT FIN SWE",
          2004, "CYP CZE EST HUN LVA LTU MLT POL SVK SVN",
          2007, "BGR ROU",
          2013, "HRV");

  /** The sums of the whole file of November 2020 by Python's math.fsum. */
  private static final Map<String, Double> BY_PYTHON =
      Map.of(
          "1973", 3016.349,
          "1990", 3235.071,
          "2003", 3528.744,
          "2004", 4155.768,
          "2012", 3721.029,
          "2013", 3652.812,
          "2018", 3444.8759999999997);

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void eachYearHasTheMembersOfItsLastDay() throws Exception {
    client.create("regions/PU_UNION", "{\"name\": \"European Union\", \"kind\": \"GROUP\"}");
    for (Map.Entry<Integer, String> joined : JOINED.entrySet()) {
      for (String country : joined.getValue().split(" ", -1)) {
        client.create(
            "memberships/PU-" + country,
            """
            {"name": "Member", "group": {"code": "PU_UNION"}, "member": {"code": "%s"},
             "validFrom": "%d-05-01"%s}
            """
                .formatted(
                    country,
                    joined.getKey(),
                    country.equals("GBR") ? ", \"validTo\": \"2020-01-31\"" : ""));
      }
    }
    Path file = PublishedFiles.path("co2-2020-11.csv");
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.yearly("PU_CO2", "region=regions", "indicator=indicators");
    client.create(
        "layouts/pu",
        """
        {"into": "datasets/PU_CO2", "time": {"column": "year", "pattern": "yyyy"}, "unknown": "IGNORE",
         "dimensions": {"region": {"column": "iso_code"}, "indicator": {"constant": "co2"}},
         "value": {"column": "co2"}}
        """);
    JsonNode load = client.load("layout=pu&maxRejectRatio=1", BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");

    Map<String, Map<String, Double>> years = years(file);
    JsonNode series =
        client
            .get("datasets/PU_CO2/observations?key=PU_UNION.co2&aggregate=region")
            .at("/series/0");
    Map<String, Double> sums = new TreeMap<>();
    for (int i = 0; i < series.get("time").size(); i++) {
      String year = series.get("time").get(i).asText();
      Set<String> members = members(Integer.parseInt(year));
      Map<String, Double> values = years.getOrDefault(year, Map.of());
      Set<String> missing = new TreeSet<>(members);
      missing.removeAll(values.keySet());
      BigDecimal sum = BigDecimal.ZERO;
      for (String member : members) {
        sum = sum.add(exact(values.get(member)));
      }
      assertThat(series.get("missing").get(i)).as(year).hasSize(missing.size());
      series.get("missing").get(i).forEach(one -> assertThat(missing).contains(one.asText()));
      double coverage = (members.size() - missing.size()) / (double) members.size();
      assertThat(series.get("coverage").get(i).asDouble()).as(year).isEqualTo(coverage);
      if (coverage > 0) {
        assertThat(series.get("value").get(i).asDouble()).as(year).isEqualTo(sum.doubleValue());
        sums.put(year, series.get("value").get(i).asDouble());
      } else {
        assertThat(series.get("value").get(i).isNull()).as(year).isTrue();
      }
    }
    assertThat(sums).hasSizeGreaterThan(20);
    if (PublishedFiles.areWhole()) {
      assertThat(sums).containsAllEntriesOf(BY_PYTHON);
    }
  }

  private static BigDecimal exact(@Nullable Double value) {
    return value == null ? BigDecimal.ZERO : new BigDecimal(value);
  }

  private static Set<String> members(int year) {
    Set<String> members = new TreeSet<>();
    JOINED.forEach(
        (joined, countries) -> {
          if (joined <= year) {
            members.addAll(Set.of(countries.split(" ", -1)));
          }
        });
    if (year >= 2020) {
      members.remove("GBR");
    }
    return members;
  }

  private static Map<String, Map<String, Double>> years(Path file) throws Exception {
    Map<String, Map<String, Double>> years = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        if (!line.getField("co2").isEmpty()) {
          years
              .computeIfAbsent(line.getField("year"), year -> new TreeMap<>())
              .put(line.getField("iso_code"), Double.valueOf(line.getField("co2")));
        }
      }
    }
    return years;
  }
}
