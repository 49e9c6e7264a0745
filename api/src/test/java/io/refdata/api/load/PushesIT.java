package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** A few observations at a time, known as soon as they are answered. */
@ArquillianTest
class PushesIT {
  private final PlatformClient client = PlatformForTests.client();

  @Test
  void aPushIsMergedBeforeItsAnswer() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.yearly("PUSHED", "region=regions", "indicator=indicators");
    String rows =
        """
        [{"region": "FRA", "indicator": "co2", "time": "2019", "value": 1},
         {"region": "FRA", "indicator": "co2", "time": 2020, "value": 2.5, "status": "E"},
         {"region": "XXX", "indicator": "co2", "time": "2020", "value": 1},
         {"region": "FRA", "indicator": "co2", "time": "soon", "value": 1},
         {"region": "FRA", "indicator": "co2", "time": "2021", "value": "1,5"},
         {"indicator": "co2", "time": "2021", "value": 1},
         {"region": "FRA", "indicator": "co2", "time": "2019", "value": 9}]
        """;
    String recordedAt =
        push("PUSHED", "application/json", rows)
            .statusCode(200)
            .body("inserted", equalTo(2))
            .body("revised", equalTo(0))
            .body("rejected.row", equalTo(List.of(3, 4, 5, 6, 7)))
            .body(
                "rejected.code",
                equalTo(
                    List.of(
                        "UNKNOWN_REGION",
                        "BAD_TIME",
                        "NOT_A_NUMBER",
                        "MISSING_REGION",
                        "DUPLICATE_IN_FILE")))
            .extract()
            .path("recordedAt");
    push(
            "PUSHED",
            "application/x-ndjson",
            """
            {"region": "FRA", "indicator": "co2", "time": "2019", "value": 1}
            {"region": "FRA", "indicator": "co2", "time": "2020", "value": 3}
            """)
        .statusCode(200)
        .body("unchanged", equalTo(1))
        .body("revised", equalTo(1));
    assertThat(known("PUSHED", "?asOf=" + recordedAt))
        .isEqualTo(Map.of("FRA.co2 2019", 1.0, "FRA.co2 2020", 2.5));
    assertThat(known("PUSHED", "")).isEqualTo(Map.of("FRA.co2 2019", 1.0, "FRA.co2 2020", 3.0));
    push("PUSHED", "application/json", "[" + "{},".repeat(10_000) + "{}]").statusCode(413);
    push("PUSHED", "application/json", "[{").statusCode(400);
    push("PUSHED", "application/json", "[{\"region\": \"F\\u0000A\"}]").statusCode(400);
    given()
        .get("/api/v1/datasets/PUSHED/observations?asOf=2999-01-01T00:00:00Z")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("asOf"));
  }

  @Test
  void aPushMayReachIntoManyPartitionsAndExtendsItsSeries() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.yearly("SPREAD", "region=regions", "indicator=indicators");
    String row = "{\"region\": \"%s\", \"indicator\": \"co2\", \"time\": \"%d\", \"value\": 1}\n";
    String first =
        push(
                "SPREAD",
                "application/x-ndjson",
                row.formatted("FRA", 1995)
                    + row.formatted("FRA", 2005)
                    + row.formatted("DEU", 2015))
            .statusCode(200)
            .body("inserted", equalTo(3))
            .extract()
            .path("recordedAt");
    push("SPREAD", "application/x-ndjson", row.formatted("FRA", 1985) + row.formatted("FRA", 2005))
        .statusCode(200)
        .body("inserted", equalTo(1))
        .body("unchanged", equalTo(1));
    assertThat(known("SPREAD", "?asOf=" + first)).hasSize(3);
    assertThat(known("SPREAD", "?asOf=" + Instant.parse(first).minusNanos(1_000))).isEmpty();
    given()
        .get("/api/v1/datasets/SPREAD/series")
        .then()
        .body("items.first", equalTo(List.of("2015", "1985")))
        .body("items.last", equalTo(List.of("2015", "2005")));
  }

  @Test
  void aPastAnswerHasTheUnitsOfThen() throws Exception {
    client.create("indicators/measured", "{\"name\": \"Measured\", \"unit\": {\"code\": \"MT\"}}");
    client.yearly("UNITS", "indicator=indicators");
    String then =
        push(
                "UNITS",
                "application/json",
                "[{\"indicator\": \"measured\", \"time\": \"2019\", \"value\": 1}]")
            .statusCode(200)
            .extract()
            .path("recordedAt");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", "\"0-\"")
        .body("{\"unit\": {\"code\": \"GWH\"}}")
        .patch("/api/v1/indicators/measured")
        .then()
        .statusCode(200);
    for (String path : List.of("observations", "series")) {
      String units = path.equals("series") ? "items.unit" : "series.unit";
      String url = "/api/v1/datasets/UNITS/" + path;
      given().get(url).then().body(units, equalTo(List.of("GWH")));
      given().get(url + "?asOf=" + then).then().body(units, equalTo(List.of("MT")));
    }
  }

  @Test
  void aPushDoesNotWaitLongForALoad() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.yearly("HELD", "region=regions", "indicator=indicators");
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select ref.lock_topic((select id from curated.dataset where code = 'HELD'))");
      push(
              "HELD",
              "application/json",
              "[{\"region\": \"FRA\", \"indicator\": \"co2\", \"time\": \"2019\", \"value\": 1}]")
          .statusCode(503)
          .header("Retry-After", "5");
      connection.rollback();
    }
  }

  private static ValidatableResponse push(String dataset, String type, String body) {
    return given()
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/datasets/" + dataset + "/observations")
        .then();
  }

  /** {@code key time} to value, of a dataset by region and indicator. */
  private Map<String, Double> known(String dataset, String query) throws Exception {
    return client
        .text("datasets/" + dataset + "/observations" + query, "text/csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .collect(
            Collectors.toMap(
                field -> field[0] + " " + field[3], field -> Double.valueOf(field[4])));
  }
}
