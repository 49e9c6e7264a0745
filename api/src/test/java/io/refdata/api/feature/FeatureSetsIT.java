package io.refdata.api.feature;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feature sets as a client sees them: versions, cutoffs, caches, formats, faults. */
@ArquillianTest
class FeatureSetsIT {
  private static final String SETS = "/api/v1/feature-sets/";

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void indicators() throws Exception {
    client.create("indicators/feature_a", "{\"name\": \"A\"}");
    client.create("indicators/feature_b", "{\"name\": \"B\"}");
  }

  private void dataset(String code) throws Exception {
    client.yearly(code, "region=regions", "indicator=indicators");
  }

  private Instant push(String dataset, String region, String indicator, int year, double value)
      throws Exception {
    return Instant.parse(
        client
            .push(
                dataset,
                "[{\"region\": \"%s\", \"indicator\": \"%s\", \"time\": \"%d\", \"value\": %s}]"
                    .formatted(region, indicator, year, value))
            .get("recordedAt")
            .asText());
  }

  private static String forecasting(String dataset, int version, String features, String more) {
    return """
    {"name": "Ahead", "version": %d, "kind": "FORECASTING", "dataset": "%s", "entity": "region",
     "features": [%s], "target": {"indicator": "feature_a", "horizon": 1, "release": "FIRST"}%s}
    """
        .formatted(version, dataset, features, more);
  }

  private static Response put(String code, String body, String... match) {
    var request = given().contentType("application/json").body(body);
    return (match.length == 0 ? request : request.header("If-Match", match[0])).put(SETS + code);
  }

  private static ValidatableResponse rows(String code, String query) {
    return given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .get(SETS + code + "/" + query)
        .then();
  }

  @Test
  void eachCutoffKnowsWhatWasRecordedByThen() throws Exception {
    dataset("FEAT_VINTAGES");
    Instant first = push("FEAT_VINTAGES", "FRA", "feature_a", 2000, 10);
    Instant second = push("FEAT_VINTAGES", "FRA", "feature_a", 2001, 20);
    Instant revised = push("FEAT_VINTAGES", "FRA", "feature_a", 2000, 15);
    Instant third = push("FEAT_VINTAGES", "DEU", "feature_a", 2001, 7);
    put("FEAT_V", forecasting("FEAT_VINTAGES", 1, "{\"lag\": 0}, {\"lag\": 1}, {\"diff\": 1}", ""))
        .then()
        .statusCode(201);
    rows("FEAT_V", "rows")
        .statusCode(200)
        .body("version", equalTo(1))
        .body("items.unique_id", contains("FRA", "FRA", "FRA", "DEU", "FRA"))
        .body("items.ds", contains("2000", "2001", "2001", "2001", "2001"))
        .body(
            "items.cutoff",
            contains(
                first.toString(),
                second.toString(),
                revised.toString(),
                third.toString(),
                third.toString()))
        .body("items.y", contains(20.0f, null, null, null, null))
        .body("items.lag0", contains(10.0f, 20.0f, 20.0f, 7.0f, 20.0f))
        .body("items.lag1", contains(null, 10.0f, 15.0f, null, 15.0f))
        .body("items.diff1", contains(null, 10.0f, 5.0f, null, 5.0f));
    rows("FEAT_V", "rows?format=csv&cutoff=" + revised)
        .body(
            equalTo(
                "unique_id,ds,cutoff,y,lag0,lag1,diff1%nFRA,2001,%s,,20.0,15.0,5.0%n"
                    .formatted(revised)));
    rows("FEAT_V", "latest").body("items.cutoff", everyItem(equalTo(third.toString())));
    String asOf = rows("FEAT_V", "rows?asOf=" + third).extract().asString();
    push("FEAT_VINTAGES", "FRA", "feature_a", 2002, 99);
    push("FEAT_VINTAGES", "FRA", "feature_a", 2000, 1);
    assertThat(rows("FEAT_V", "rows?asOf=" + third).extract().asString()).isEqualTo(asOf);
    rows("FEAT_V", "rows")
        .body("items[1].y", equalTo(99.0f))
        .body("items[1].lag1", equalTo(10.0f))
        .body("items[2].lag1", equalTo(15.0f));
    assertThat(given().get(SETS + "FEAT_V/rows?format=parquet").asByteArray()).startsWith('P', 'A');
    assertThat(given().get(SETS + "FEAT_V/rows?format=xlsx").asByteArray()).startsWith('P', 'K');
    rows("FEAT_V", "latest?format=ndjson").body(startsWith("{\"unique_id\":\"DEU\""));
  }

  @Test
  void aVersionThatWasReadStays() throws Exception {
    dataset("FEAT_VERSIONS");
    push("FEAT_VERSIONS", "FRA", "feature_a", 2000, 10);
    String one = forecasting("FEAT_VERSIONS", 1, "{\"lag\": 0}", "");
    String tag = put("FEAT_FIXED", one).header("ETag");
    String other = forecasting("FEAT_VERSIONS", 1, "{\"lag\": 3}", "");
    put("FEAT_FIXED", other).then().statusCode(428);
    put("FEAT_FIXED", other, "\"77-x\"").then().statusCode(412);
    tag = put("FEAT_FIXED", other, tag).then().statusCode(200).extract().header("ETag");
    String read = rows("FEAT_FIXED", "rows").statusCode(200).extract().asString();
    put("FEAT_FIXED", one, tag)
        .then()
        .statusCode(409)
        .body("detail", containsString("Raise \"version\" to 2"));
    tag =
        put("FEAT_FIXED", other.replace("Ahead", "Other name"), tag)
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    String two = forecasting("FEAT_VERSIONS", 2, "{\"lag\": 0}", "");
    tag = put("FEAT_FIXED", two, tag).then().statusCode(200).extract().header("ETag");
    rows("FEAT_FIXED", "rows").body("version", equalTo(2)).body("items[0].lag0", equalTo(10.0f));
    assertThat(rows("FEAT_FIXED", "rows?version=1").extract().asString())
        .isEqualTo(read.replace("Ahead", "Other name"));
    rows("FEAT_FIXED", "rows?asOf=" + before).body("version", equalTo(1));
    given()
        .get(SETS + "FEAT_FIXED?version=1")
        .then()
        .body("features[0].lag", equalTo(3))
        .body("version", equalTo(1));
    put("FEAT_FIXED", other, tag).then().statusCode(409);
    given().header("If-Match", tag).delete(SETS + "FEAT_FIXED").then().statusCode(204);
    rows("FEAT_FIXED", "rows").statusCode(404);
    rows("FEAT_FIXED", "rows?asOf=" + before).statusCode(200);
    put("FEAT_FIXED", one).then().statusCode(409);
    put("FEAT_FIXED", two).then().statusCode(201);
  }

  @Test
  void aVersionOfADeletedSetThatWasReadStays() throws Exception {
    dataset("FEAT_LOWERED");
    push("FEAT_LOWERED", "FRA", "feature_a", 2000, 10);
    String three = forecasting("FEAT_LOWERED", 3, "{\"lag\": 0}", "");
    String one = forecasting("FEAT_LOWERED", 1, "{\"lag\": 1}", "");
    put("FEAT_LOWER", three).then().statusCode(201);
    given().header("If-Match", "*").delete(SETS + "FEAT_LOWER").then().statusCode(204);
    put("FEAT_LOWER", one).then().statusCode(201);
    String read = rows("FEAT_LOWER", "rows?version=3").statusCode(200).extract().asString();
    put("FEAT_LOWER", forecasting("FEAT_LOWERED", 3, "{\"lag\": 5}", ""), "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("Raise \"version\" to 4"));
    put("FEAT_LOWER", one, "*").then().statusCode(200);
    put("FEAT_LOWER", three, "*").then().statusCode(200);
    assertThat(rows("FEAT_LOWER", "rows?version=3").extract().asString()).isEqualTo(read);
  }

  @Test
  void answersFollowAllThatTheyAreMadeOf() throws Exception {
    dataset("FEAT_MAIN");
    dataset("FEAT_OTHER");
    client.create(
        "regions/FEAT_R1",
        "{\"name\": \"One\", \"kind\": \"GROUP\", \"latitude\": 1, \"longitude\": 1}");
    push("FEAT_MAIN", "FEAT_R1", "feature_a", 2000, 10);
    push("FEAT_OTHER", "FEAT_R1", "feature_b", 2000, 5);
    put(
            "FEAT_FOLLOW",
            forecasting(
                "FEAT_MAIN",
                1,
                "{\"series\": \"FEAT_OTHER\", \"indicator\": \"feature_b\"}, {\"static\":"
                    + " \"latitude\"}, {\"static\": \"kind\"}, {\"calendar\": \"year\"}",
                ""))
        .then()
        .statusCode(201);
    rows("FEAT_FOLLOW", "latest")
        .body("items[0].FEAT_OTHER_feature_b_lag0", equalTo(5.0f))
        .body("items[0].latitude", equalTo(1.0f))
        .body("items[0].kind", equalTo("GROUP"))
        .body("items[0].year", equalTo(2000));
    rows("FEAT_FOLLOW", "rows").body("items[0].latitude", equalTo(1.0f));
    rows("FEAT_FOLLOW", "latest").header("Server-Timing", containsString("cache;desc=\"hit\""));
    push("FEAT_OTHER", "FEAT_R1", "feature_b", 2000, 6);
    rows("FEAT_FOLLOW", "latest").body("items[0].FEAT_OTHER_feature_b_lag0", equalTo(6.0f));
    rows("FEAT_FOLLOW", "rows").body("items[0].FEAT_OTHER_feature_b_lag0", nullValue());
    String tag = given().get("/api/v1/regions/FEAT_R1").header("ETag");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", tag)
        .body("{\"latitude\": 2}")
        .patch("/api/v1/regions/FEAT_R1")
        .then()
        .statusCode(200);
    rows("FEAT_FOLLOW", "latest").body("items[0].latitude", equalTo(2.0f));
    rows("FEAT_FOLLOW", "rows").body("items[0].latitude", equalTo(1.0f));
  }

  @Test
  void answersFollowWritesThatLeaveAllAsItWas() throws Exception {
    dataset("FEAT_SAME");
    dataset("FEAT_SAME_OTHER");
    push("FEAT_SAME", "FRA", "feature_a", 2000, 10);
    push("FEAT_SAME_OTHER", "FRA", "feature_b", 2000, 5);
    String features = "{\"series\": \"FEAT_SAME_OTHER\", \"indicator\": \"feature_b\"}";
    put("FEAT_SAMES", forecasting("FEAT_SAME", 1, features, "")).then().statusCode(201);
    String observations = "/api/v1/datasets/FEAT_SAME/observations?key=FRA.feature_a";
    given().get(observations).then().statusCode(200);
    assertCachedAsFresh("FEAT_SAMES", 1);

    Instant pushed = push("FEAT_SAME", "FRA", "feature_a", 2000, 10);
    rows("FEAT_SAMES", "latest").body("items.cutoff", contains(pushed.toString()));
    assertCachedAsFresh("FEAT_SAMES", 2);
    client.load(
        "into=datasets/FEAT_SAME",
        BodyPublishers.ofString("region,indicator,time,value\nFRA,feature_a,2000,10\n"));
    assertCachedAsFresh("FEAT_SAMES", 3);
    pushed = push("FEAT_SAME_OTHER", "FRA", "feature_b", 2000, 5);
    rows("FEAT_SAMES", "latest").body("items.cutoff", contains(pushed.toString()));
    assertCachedAsFresh("FEAT_SAMES", 3);
    given().get(observations).then().header("Server-Timing", containsString("cache;desc=\"hit\""));
  }

  /** Asks for all cutoffs, and for the newest, so that both answers are cached afterwards. */
  private static void assertCachedAsFresh(String code, int cutoffs) {
    for (String question : new String[] {"rows", "latest"}) {
      String cached =
          rows(code, question)
              .statusCode(200)
              .body("items", hasSize(question.equals("rows") ? cutoffs : 1))
              .extract()
              .asString();
      String fresh =
          given()
              .accept("application/json")
              .header("Cache-Control", "no-cache")
              .get(SETS + code + "/" + question)
              .asString();
      assertThat(cached).isEqualTo(fresh);
      rows(code, question).header("Server-Timing", containsString("cache;desc=\"hit\""));
    }
  }

  @Test
  void aCutoffAtWhichAnotherDatasetHadTheCodeIsGone() throws Exception {
    dataset("FEAT_STAYS");
    dataset("FEAT_PURGED");
    push("FEAT_PURGED", "FRA", "feature_b", 2000, 5);
    Instant before = push("FEAT_STAYS", "FRA", "feature_a", 2000, 10);
    String features = "{\"series\": \"FEAT_PURGED\", \"indicator\": \"feature_b\"}, {\"lag\": 0}";
    put("FEAT_AGAIN", forecasting("FEAT_STAYS", 1, features, "")).then().statusCode(201);
    put(
            "FEAT_AGAIN_AT",
            forecasting("FEAT_STAYS", 1, features, ", \"cutoffs\": [\"" + before + "\"]"))
        .then()
        .statusCode(201);
    rows("FEAT_AGAIN", "rows?cutoff=" + before)
        .body("items[0].FEAT_PURGED_feature_b_lag0", equalTo(5.0f));
    rows("FEAT_AGAIN_AT", "rows").body("items[0].FEAT_PURGED_feature_b_lag0", equalTo(5.0f));
    Instant defined = push("FEAT_STAYS", "FRA", "feature_a", 2001, 13);
    purge("FEAT_PURGED");
    Instant between = push("FEAT_STAYS", "FRA", "feature_a", 2001, 11);
    dataset("FEAT_PURGED");
    Instant after = push("FEAT_STAYS", "FRA", "feature_a", 2001, 12);
    for (String question : new String[] {"rows?cutoff=" + before, "rows?asOf=" + defined, "rows"}) {
      rows("FEAT_AGAIN", question)
          .statusCode(410)
          .body("detail", containsString("had the code FEAT_PURGED"));
    }
    rows("FEAT_AGAIN_AT", "rows").statusCode(410);
    for (Instant cutoff : new Instant[] {between, after}) {
      rows("FEAT_AGAIN", "rows?cutoff=" + cutoff)
          .statusCode(200)
          .body("items[0].FEAT_PURGED_feature_b_lag0", nullValue())
          .body("items[0].lag0", equalTo(cutoff.equals(after) ? 12.0f : 11.0f));
    }
    purge("FEAT_STAYS");
    dataset("FEAT_STAYS");
    rows("FEAT_AGAIN", "rows?cutoff=" + after)
        .statusCode(410)
        .body("detail", containsString("had the code FEAT_STAYS"));
    rows("FEAT_AGAIN", "rows").statusCode(200).body("items", hasSize(0));
  }

  private static void purge(String dataset) {
    given()
        .header("If-Match", "*")
        .delete("/api/v1/datasets/" + dataset + "?purge=true")
        .then()
        .statusCode(204);
  }

  @Test
  void clustersAreScaledAndWhoIsMissingIsNamed() throws Exception {
    dataset("FEAT_CLUSTER");
    push("FEAT_CLUSTER", "FRA", "feature_a", 2000, 10);
    push("FEAT_CLUSTER", "DEU", "feature_a", 2000, 30);
    push("FEAT_CLUSTER", "DEU", "feature_b", 2000, 1);
    // The set of another test may be there, and may have been read.
    given().header("If-Match", "*").delete(SETS + "clustering");
    put(
            "clustering",
            """
            {"version": 100, "kind": "CLUSTERING", "dataset": "FEAT_CLUSTER", "entity": "region", "entities": ["FRA", "DEU", "ITA"],
             "features": [{"lag": 0, "indicator": "feature_a"}, {"lag": 0, "indicator": "feature_b"}]}
            """)
        .then()
        .statusCode(201);
    for (String address : new String[] {SETS + "clustering/rows", "/api/v1/datasets/clustering"}) {
      given()
          .get(address + "?scale=minmax")
          .then()
          .statusCode(200)
          .body("items.unique_id", contains("DEU", "FRA"))
          .body("items.feature_a_lag0", contains(1.0f, 0.0f))
          .body("items.feature_b_lag0", contains(0.0f, null))
          .body("items.coverage", contains(1.0f, 0.5f))
          .body("missing[0].unique_id", contains("ITA"))
          .body("scaling[0].features.feature_a_lag0.center", equalTo(10.0f))
          .body("scaling[0].features.feature_a_lag0.width", equalTo(20.0f));
    }
    rows("clustering", "rows?format=ndjson")
        .body(containsString("{\"unique_id\":\"ITA\",\"ds\":null,"))
        .body(containsString("\"feature_b_lag0\":null,\"coverage\":0.0}"));
    given()
        .contentType("application/json")
        .body(
            "{\"name\": \"C\", \"frequency\": \"A\","
                + " \"dimensions\": [{\"code\": \"region\", \"values\": \"regions\"}]}")
        .put("/api/v1/datasets/clustering")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/code"))
        .body("errors.detail", hasItem(containsString("cannot be a dataset")));
  }

  @Test
  void faultsAreNamed() throws Exception {
    dataset("FEAT_FAULTS");
    put("FEAT_BAD", "{\"kind\": \"GUESSING\", \"more\": 1}")
        .then()
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder("/dataset", "/entity", "/features", "/kind", "/more"));
    put(
            "FEAT_BAD",
            forecasting(
                "FEAT_FAULTS",
                1,
                "{\"lag\": -1}, {\"roll\": \"median\", \"window\": 3}, {\"ewm\": 2},"
                    + " {\"seasonalLag\": 1}, {\"nothing\": 1}",
                ", \"cutoffs\": {\"every\": \"PT1H\"}"))
        .then()
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/features/0/lag",
                "/features/1/roll",
                "/features/2/ewm",
                "/features/3/season",
                "/features/4",
                "/cutoffs/every"));
    put(
            "FEAT_BAD",
            forecasting(
                "FEAT_FAULTS", 1, "{\"static\": \"colour\"}, {\"lag\": 1}, {\"lag\": 1}", ""))
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/features/0/static", "/features/2"));
    put(
            "FEAT_GOOD",
            forecasting("FEAT_FAULTS", 1, "{\"lag\": 1}", ", \"cutoffs\": {\"every\": \"P1M\"}"))
        .then()
        .statusCode(201);
    rows("FEAT_GOOD", "rows").statusCode(200).body("items", hasSize(0));
    rows("FEAT_GOOD", "latest").statusCode(200).body("items", hasSize(0));
    rows("FEAT_GOOD", "rows?scale=zscore").statusCode(400);
    rows("FEAT_GOOD", "rows?limit=3").statusCode(400);
    rows("FEAT_GOOD", "latest?cutoff=2020-01-01T00:00:00Z").statusCode(400);
    rows("FEAT_GOOD", "rows?cutoff=2999-01-01T00:00:00Z")
        .statusCode(400)
        .body("errors.parameter", hasItem("cutoff"));
    rows("FEAT_GOOD", "rows?asOf=2999-01-01T00:00:00Z").statusCode(400);
    rows("FEAT_GOOD", "rows?version=7").statusCode(404);
    rows("FEAT_NOWHERE", "rows").statusCode(404);
  }
}
