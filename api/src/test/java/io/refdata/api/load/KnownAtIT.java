package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The values that a provider had published by an instant, of editions that were loaded later. */
@ArquillianTest
class KnownAtIT {
  private static final String AUGUST = "2020-08-07T00:00:00Z";
  private static final String NOVEMBER = "2020-11-10T00:00:00Z";
  private static final String BETWEEN = "knownAt=2020-09-15T00:00:00Z";

  private final PlatformClient client = PlatformForTests.client();

  private JsonNode load(String parameters, String publishedAt, Path file) throws Exception {
    JsonNode load =
        client.load(
            parameters + "&maxRejectRatio=1&maxDeleteRatio=1&publishedAt=" + publishedAt,
            BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load;
  }

  private JsonNode load(String dataset, String publishedAt, String csv) throws Exception {
    JsonNode load =
        client.load(
            "into=datasets/"
                + dataset
                + (publishedAt.isEmpty() ? "" : "&publishedAt=" + publishedAt),
            BodyPublishers.ofString("region,time,value\n" + csv));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load;
  }

  private String csv(String dataset, String query) throws Exception {
    return client.text("datasets/" + dataset + "/observations?" + query, "text/csv");
  }

  private static Response get(String path) {
    return given().accept("application/json").get("/api/v1/" + path);
  }

  @Test
  void anInstantBetweenTwoEditionsGivesTheFirstThoughBothAreLoadedToday() throws Exception {
    client.yearly("CO2K", "region=regions", "indicator=indicators");
    client.create(
        "layouts/co2k",
        """
        {"into": "datasets/CO2K", "time": {"column": "year", "pattern": "yyyy"},
         "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true, "create": true}},
         "values": {"exclude": ["country"]}}
        """);
    JsonNode first = load("layout=co2k", AUGUST, PublishedFiles.path("co2-2020-08.csv"));
    String asOfFirst = "asOf=" + first.get("recordedAt").asText();
    String august = csv("CO2K", "");
    JsonNode second =
        load("layout=co2k&mode=REPLACE", NOVEMBER, PublishedFiles.path("co2-2020-11.csv"));
    String asOfSecond = "asOf=" + second.get("recordedAt").asText();
    String november = csv("CO2K", "");

    assertThat(november).isNotEqualTo(august);
    assertThat(csv("CO2K", BETWEEN)).isEqualTo(august);
    assertThat(csv("CO2K", "knownAt=" + NOVEMBER)).isEqualTo(november);
    assertThat(csv("CO2K", "knownAt=" + AUGUST)).isEqualTo(august);
    assertThat(csv("CO2K", "knownAt=2020-08-06T23:59:59.999999Z").lines()).hasSize(1);
    // Of what was published by one instant, what was recorded by another.
    assertThat(csv("CO2K", BETWEEN + "&" + asOfSecond)).isEqualTo(august);
    assertThat(csv("CO2K", "knownAt=" + NOVEMBER + "&" + asOfFirst)).isEqualTo(august);
    assertThat(csv("CO2K", "knownAt=" + NOVEMBER + "&" + asOfSecond)).isEqualTo(november);
    assertThat(csv("CO2K", "asOf=2020-12-01T00:00:00Z&" + BETWEEN).lines()).hasSize(1);
    // The values that were recorded after an instant, of those published by another.
    String since = "updatedAfter=" + first.get("recordedAt").asText();
    assertThat(csv("CO2K", since + "&" + BETWEEN).lines()).hasSize(1);
    assertThat(csv("CO2K", since + "&knownAt=" + NOVEMBER)).isEqualTo(csv("CO2K", since));

    JsonNode vintages = client.get("datasets/CO2K/series/FRA.gdp/vintages").get("items");
    JsonNode earliest = vintages.get(vintages.size() - 1);
    assertThat(earliest.get("publishedAt").asText()).isEqualTo(AUGUST);
    assertThat(earliest.get("at").asText()).isEqualTo(first.get("recordedAt").asText());
    JsonNode known = client.get("datasets/CO2K/series/FRA.gdp/vintages?" + BETWEEN).get("items");
    assertThat(known).hasSize(1);
    assertThat(known.get(0)).isEqualTo(earliest);
    JsonNode series = client.get("datasets/CO2K/series?key=FRA.gdp&" + BETWEEN);
    assertThat(series).isEqualTo(client.get("datasets/CO2K/series?key=FRA.gdp&" + asOfFirst));
  }

  @Test
  void anAnswerIsAskedForAgainAndChangesWithALaterLoad() throws Exception {
    client.yearly("KNOWN_LATE", "region=regions");
    load("KNOWN_LATE", "2020-01-01T00:00:00Z", "DEU,2019,1\n");
    String path = "datasets/KNOWN_LATE/observations?knownAt=2020-06-01T00:00:00Z";
    Response first = get(path);
    assertThat(first.path("series[0].value").toString()).isEqualTo("[1.0]");
    assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(get(path).header("Server-Timing")).contains("hit");
    String series = "datasets/KNOWN_LATE/series?knownAt=2020-06-01T00:00:00Z";
    String vintages = "datasets/KNOWN_LATE/series/DEU/vintages?knownAt=2020-06-01T00:00:00Z";
    assertThat(get(series).path("items.size()").toString()).isEqualTo("1");
    assertThat(get(vintages).path("items.size()").toString()).isEqualTo("1");

    JsonNode recorded = load("KNOWN_LATE", "2020-02-01T00:00:00Z", "DEU,2019,2\nFRA,2019,3\n");
    Response second = get(path);
    assertThat(second.path("series[0].value").toString()).isEqualTo("[2.0]");
    assertThat(second.path("series.key").toString()).isEqualTo("[DEU, FRA]");
    assertThat(get(series).path("items.size()").toString()).isEqualTo("2");
    assertThat(get(vintages).path("items.size()").toString()).isEqualTo("2");

    // With asOf it can't change any more.
    String settled = path + "&asOf=" + recorded.get("recordedAt").asText();
    Response before = get(settled);
    assertThat(before.header("Cache-Control")).contains("immutable");
    load("KNOWN_LATE", "2020-03-01T00:00:00Z", "DEU,2019,4\n");
    assertThat(get(path).path("series[0].value").toString()).isEqualTo("[4.0]");
    assertThat(get(settled).asString()).isEqualTo(before.asString());
    // A push is published when it is recorded.
    client.push("KNOWN_LATE", "[{\"region\": \"DEU\", \"time\": \"2019\", \"value\": 5}]");
    assertThat(get(path).path("series[0].value").toString()).isEqualTo("[4.0]");
    assertThat(get("datasets/KNOWN_LATE/observations").path("series[0].value").toString())
        .isEqualTo("[5.0]");
  }

  @Test
  void anInstantIsPastAndWellFormed() throws Exception {
    client.yearly("KNOWN_NEVER", "region=regions");
    load("KNOWN_NEVER", "2020-01-01T00:00:00Z", "DEU,2019,1\n");
    for (String path : List.of("observations", "series", "series/DEU/vintages")) {
      Response future = get("datasets/KNOWN_NEVER/" + path + "?knownAt=2999-01-01T00:00:00Z");
      assertThat(future.statusCode()).isEqualTo(400);
      assertThat(future.path("errors[0].parameter").toString()).isEqualTo("knownAt");
      assertThat(get("datasets/KNOWN_NEVER/" + path + "?knownAt=2020").statusCode()).isEqualTo(400);
    }
    assertThat(get("regions?knownAt=2020-01-01T00:00:00Z").statusCode()).isEqualTo(400);
  }

  @Test
  void randomEditionsAndPushesAreKnownAsTheyWerePublished() throws Exception {
    client.yearly("KNOWN_RANDOM", "region=regions");
    Random random = new Random(11);
    record Edition(Instant published, Instant recorded, Map<String, Double> state) {}
    List<Edition> editions = new ArrayList<>();
    Map<String, Double> state = new TreeMap<>();
    Instant published = Instant.parse("2020-01-01T00:00:00Z");
    for (int i = 0; i < 16; i++) {
      StringBuilder csv = new StringBuilder();
      for (String region : List.of("DEU", "FRA", "ITA")) {
        for (int year = 2015; year < 2020; year++) {
          if (random.nextInt(3) == 0) {
            state.put(region + " " + year, (double) random.nextInt(4));
            csv.append("%s,%d,%s\n".formatted(region, year, state.get(region + " " + year)));
          }
        }
      }
      published = published.plusSeconds(random.nextInt(3));
      // The last ones say nothing of when they were published.
      boolean said = i < 12;
      JsonNode load = load("KNOWN_RANDOM", said ? published.toString() : "", csv.toString());
      Instant recorded = Instant.parse(load.get("recordedAt").asText());
      editions.add(new Edition(said ? published : recorded, recorded, new TreeMap<>(state)));
    }
    for (int i = 0; i < 40; i++) {
      Edition known = editions.get(random.nextInt(editions.size()));
      Edition recorded = editions.get(random.nextInt(editions.size()));
      Instant at = known.published().minusNanos(1000L * random.nextInt(2));
      boolean asOf = random.nextBoolean();
      Map<String, Double> expected =
          editions.stream()
              .filter(one -> !one.published().isAfter(at))
              .filter(one -> !asOf || !one.recorded().isAfter(recorded.recorded()))
              .reduce((earlier, later) -> later)
              .map(Edition::state)
              .orElse(Map.of());
      String query = "knownAt=" + at + (asOf ? "&asOf=" + recorded.recorded() : "");
      Map<String, Double> answer = new TreeMap<>();
      csv("KNOWN_RANDOM", query)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(cells -> answer.put(cells[1] + " " + cells[2], Double.valueOf(cells[3])));
      assertThat(answer).as(query).isEqualTo(expected);
    }
  }
}
