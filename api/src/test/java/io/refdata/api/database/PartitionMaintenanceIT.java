package io.refdata.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Observations that are older than the retention of their dataset, as clients see them. */
@ArquillianTest
class PartitionMaintenanceIT {
  private static final int YEAR = LocalDate.now(ZoneOffset.UTC).getYear();

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/retained", "{\"name\": \"Retained\"}");
  }

  @Test
  void whatRetentionRemovesIsGone() throws Exception {
    define("RETAINED", null);
    load("RETAINED", years(YEAR - 9, YEAR));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    define("RETAINED", "P5Y");
    maintain().body("steps.outcome", everyItem(equalTo("DONE")));

    String kept = (YEAR - 5) + "-01-01T00:00:00Z";
    given()
        .get("/api/v1/datasets/RETAINED/series")
        .then()
        .statusCode(200)
        .body("items[0].first", equalTo(Integer.toString(YEAR - 5)));
    observations("RETAINED")
        .statusCode(200)
        .body("series[0].time", hasSize(6))
        .body("series[0].time[0]", equalTo(Integer.toString(YEAR - 5)));
    for (String gone :
        List.of(
            "from=" + (YEAR - 9),
            "from=" + (YEAR - 9) + "&to=" + (YEAR - 8),
            "asOf=" + before,
            "updatedAfter=" + before,
            "from=" + (YEAR - 6) + "&updatedAfter=" + before,
            "from=" + (YEAR - 6) + "&asOf=" + before)) {
      given()
          .get("/api/v1/datasets/RETAINED/observations?" + gone)
          .then()
          .statusCode(410)
          .contentType("application/problem+json")
          .body("detail", containsString(kept));
    }
    given()
        .get("/api/v1/datasets/RETAINED/observations?from=" + (YEAR - 5) + "&asOf=" + before)
        .then()
        .statusCode(200)
        .body("series[0].time", hasSize(6));
    given()
        .get("/api/v1/datasets/RETAINED/observations?updatedAfter=2020-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("series[0].time", hasSize(6));
    given()
        .get(
            "/api/v1/datasets/RETAINED/observations?from=" + (YEAR - 5) + "&updatedAfter=" + before)
        .then()
        .statusCode(200)
        .body("series", empty());

    given()
        .get("/api/v1/database/partitions?dataset=RETAINED")
        .then()
        .statusCode(200)
        .body("items.state", hasItem("ARCHIVED"))
        .body("items.findAll { it.state == 'ACTIVE' }", hasSize(7))
        .body("items.findAll { it.state == 'ARCHIVED' }.retiredAt", hasSize(4))
        .body("items.findAll { it.state == 'ACTIVE' }[0].from", equalTo(kept));
  }

  @Test
  void whatComesTooLateIsRejected() throws Exception {
    define("LATE", "P5Y");
    JsonNode load = load("LATE", years(YEAR - 7, YEAR));
    assertThat(load.get("rows").get("rejected").asInt()).isEqualTo(2);
    assertThat(load.get("rows").get("inserted").asInt()).isEqualTo(6);
    assertThat(client.text("loads/" + load.get("id").asLong() + "/rejects", "text/csv"))
        .contains(",RETIRED,", (YEAR - 7) + " lies before " + (YEAR - 5) + "-01-01T00:00:00Z");
    given()
        .contentType("application/json")
        .body("[{\"indicator\": \"retained\", \"time\": \"%d\", \"value\": 1}]".formatted(YEAR - 6))
        .post("/api/v1/datasets/LATE/observations")
        .then()
        .statusCode(200)
        .body("rejected.code", contains("RETIRED"));
  }

  @Test
  void whatWasRemovedStaysSoWhenAllIsKeptAgain() throws Exception {
    define("KEPT_AGAIN", null);
    load("KEPT_AGAIN", years(YEAR - 9, YEAR));
    define("KEPT_AGAIN", "P5Y");
    maintain();
    define("KEPT_AGAIN", null);
    JsonNode pushed =
        client.push(
            "KEPT_AGAIN",
            """
            [{"indicator": "retained", "time": "%d", "value": 1},
             {"indicator": "retained", "time": "%d", "value": 2}]
            """
                .formatted(YEAR - 8, YEAR));
    assertThat(pushed.get("revised").asInt()).isEqualTo(1);
    assertThat(pushed.get("unchanged").asInt()).isZero();
    assertThat(pushed.at("/rejected").size()).isEqualTo(1);
    assertThat(pushed.at("/rejected/0/row").asInt()).isEqualTo(1);
    assertThat(pushed.at("/rejected/0/code").asText()).isEqualTo("RETIRED");
  }

  @Test
  void thePagesOfPartitionsHaveEachOnce() throws Exception {
    define("PAGED_PARTS", null);
    load("PAGED_PARTS", years(YEAR - 3, YEAR));
    String first =
        given()
            .get("/api/v1/database/partitions?dataset=PAGED_PARTS&limit=3")
            .then()
            .statusCode(200)
            .body("items", hasSize(3))
            .extract()
            .path("next");
    given()
        .queryParam("dataset", "PAGED_PARTS")
        .queryParam("limit", 3)
        .queryParam("after", first)
        .get("/api/v1/database/partitions")
        .then()
        .statusCode(200)
        .body("items[0].from", equalTo(YEAR + "-01-01T00:00:00Z"));
    given()
        .get("/api/v1/database/partitions?datset=PAGED_PARTS")
        .then()
        .statusCode(400)
        .body("errors[0].parameter", equalTo("datset"));
  }

  private static void define(String dataset, @Nullable String retention) {
    String tag = given().get("/api/v1/datasets/" + dataset).header("ETag");
    var request = given().contentType("application/json");
    (tag == null ? request : request.header("If-Match", tag))
        .body(
            """
            {"name": "Retained", "frequency": "A",
             "dimensions": [{"code": "indicator", "values": "indicators"}],
             "partitioning": {"interval": "YEAR", "premake": 1, "retention": %s, "onExpiry": "DETACH"}}
            """
                .formatted(retention == null ? "null" : "\"" + retention + "\""))
        .put("/api/v1/datasets/" + dataset)
        .then()
        .statusCode(tag == null ? 201 : 200);
  }

  private JsonNode load(String dataset, String csv) throws Exception {
    JsonNode load =
        client.load("maxRejectRatio=1&into=datasets/" + dataset, BodyPublishers.ofString(csv));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load;
  }

  private static String years(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(year -> "retained,%d,%d\n".formatted(year, year))
        .collect(Collectors.joining("", "indicator,time,value\n", ""));
  }

  private static ValidatableResponse maintain() {
    return given().post("/api/v1/database/partitions/maintenance").then().statusCode(200);
  }

  private static ValidatableResponse observations(String dataset) {
    return given().get("/api/v1/datasets/" + dataset + "/observations").then();
  }
}
