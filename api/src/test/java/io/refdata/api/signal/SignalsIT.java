package io.refdata.api.signal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
class SignalsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void markets() throws Exception {
    client.create("indicators/sig_oil", "{\"name\": \"Oil\"}");
    client.create("code-lists/SIG_FUNCTION", "{\"name\": \"Functions\"}");
    for (String code : List.of("ma_2", "ma_1", "crossings_ma_1_ma_2")) {
      client.create("code-lists/SIG_FUNCTION/codes/" + code, "{\"name\": \"Function\"}");
    }
  }

  private void dataset(String code, String frequency, String... dimensions) throws Exception {
    client.dataset(code, frequency, "YEAR", dimensions);
  }

  private static ValidatableResponse put(String code, String body) {
    return given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body(body)
        .put("/api/v1/signals/" + code)
        .then();
  }

  private static String signal(
      String source, String key, String frequency, String functions, String into) {
    return """
    {"name": "Signal", "into": "datasets/%s",
     "calculation": {"dataset": "%s", "key": "%s", "frequencies": ["%s"], "functions": [%s]}}
    """
        .formatted(into, source, key, frequency, functions);
  }

  private JsonNode load(String dataset, String csv) throws Exception {
    JsonNode load = client.load("into=datasets/" + dataset, BodyPublishers.ofString(csv));
    assertThat(load.path("state").asText()).isEqualTo("COMPLETED");
    return load;
  }

  private List<String> lines(String dataset) throws Exception {
    return new ArrayList<>(
        client.text("datasets/" + dataset + "/observations", "text/csv").lines().skip(1).toList());
  }

  private void awaitLines(String dataset, String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines(dataset)).containsExactlyInAnyOrder(expected));
  }

  private JsonNode lastRun(String signal) throws Exception {
    return client.get("signals/" + signal + "/runs?limit=1").path("items").path(0);
  }

  @Test
  void resultsFollowTheirSourceAndOneAnother() throws Exception {
    dataset("SIG_DAYS", "D", "market=indicators");
    dataset("SIG_MEANS", "D", "market=indicators", "function=code-lists/SIG_FUNCTION");
    client.create("code-lists/SIG_OF", "{\"name\": \"Functions of functions\"}");
    client.create("code-lists/SIG_OF/codes/high_1", "{\"name\": \"High\"}");
    dataset(
        "SIG_MONTHS",
        "M",
        "market=indicators",
        "function=code-lists/SIG_FUNCTION",
        "of=code-lists/SIG_OF");
    put(
            "SIG_SECOND",
            signal("SIG_MEANS", "sig_oil.ma_2", "M", "{\"name\": \"high\"}", "SIG_MONTHS"))
        .statusCode(201);
    put(
            "SIG_FIRST",
            signal(
                "SIG_DAYS",
                "sig_oil",
                "D",
                "{\"name\": \"ma\", \"n\": 2}, {\"name\": \"crossings\", \"fast\": {\"name\":"
                    + " \"ma\", \"n\": 1}, \"slow\": {\"name\": \"ma\", \"n\": 2}}",
                "SIG_MEANS"))
        .statusCode(201)
        .body("code", equalTo("SIG_FIRST"))
        .body("into", equalTo("datasets/SIG_MEANS"))
        .body("calculation.frequencies", contains("D"));
    JsonNode load =
        load(
            "SIG_DAYS",
            """
            market,time,value
            sig_oil,2026-03-02,4
            sig_oil,2026-03-03,6
            sig_oil,2026-03-04,2
            """);
    awaitLines(
        "SIG_MEANS",
        "sig_oil.ma_2,sig_oil,ma_2,2026-03-03,5.0,A",
        "sig_oil.ma_2,sig_oil,ma_2,2026-03-04,4.0,A",
        "sig_oil.crossings_ma_1_ma_2,sig_oil,crossings_ma_1_ma_2,2026-03-04,-1.0,A");
    awaitLines("SIG_MONTHS", "sig_oil.ma_2.high_1,sig_oil,ma_2,high_1,2026-03,5.0,I");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(lastRun("SIG_FIRST").path("state").asText()).isEqualTo("COMPLETED"));
    JsonNode run = lastRun("SIG_FIRST");
    assertThat(run.path("cause").path("load").asLong()).isEqualTo(load.path("id").asLong());
    assertThat(run.path("rows").asInt()).isEqualTo(3);
    assertThat(run.path("revision").isInt()).isTrue();

    // The crossing is none any more; what has not changed is not written again.
    client.push("SIG_DAYS", "[{\"market\": \"sig_oil\", \"time\": \"2026-03-04\", \"value\": 8}]");
    awaitLines(
        "SIG_MEANS",
        "sig_oil.ma_2,sig_oil,ma_2,2026-03-03,5.0,A",
        "sig_oil.ma_2,sig_oil,ma_2,2026-03-04,7.0,A",
        "sig_oil.crossings_ma_1_ma_2,sig_oil,crossings_ma_1_ma_2,2026-03-04,,M");
    awaitLines("SIG_MONTHS", "sig_oil.ma_2.high_1,sig_oil,ma_2,high_1,2026-03,7.0,I");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lastRun("SIG_FIRST").path("rows").asInt()).isEqualTo(2));
    assertThat(lastRun("SIG_FIRST").path("cause").path("load").isNull()).isTrue();

    String mean = "{\"name\": \"ma\", \"n\": 2}";
    put("SIG_TWIN", signal("SIG_DAYS", "sig_oil", "D", mean, "SIG_MEANS"))
        .statusCode(400)
        .body("errors.pointer", contains("/into"))
        .body("errors[0].detail", containsString("SIG_FIRST"));
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(signal("SIG_DAYS", "sig_oil", "D", "{\"name\": \"ma\", \"n\": 3}", "SIG_MEANS"))
        .put("/api/v1/signals/SIG_FIRST")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/calculation"))
        .body("errors[0].detail", containsString("ma_2"));
    // Another series would go on from what was recorded of this one; another function may come.
    dataset("SIG_OTHER", "D", "market=indicators");
    String both = mean + ", {\"name\": \"ma\", \"n\": 1}";
    String all =
        both
            + ", {\"name\": \"crossings\", \"fast\": {\"name\": \"ma\", \"n\": 1},"
            + " \"slow\": {\"name\": \"ma\", \"n\": 2}}";
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(signal("SIG_OTHER", "sig_oil", "D", all, "SIG_MEANS"))
        .put("/api/v1/signals/SIG_FIRST")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/calculation"))
        .body("errors[0].detail", containsString("something else"));
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(signal("SIG_DAYS", "sig_oil", "D", all, "SIG_MEANS"))
        .put("/api/v1/signals/SIG_FIRST")
        .then()
        .statusCode(200);
    put(
            "SIG_CIRCLE",
            signal("SIG_MONTHS", "sig_oil.ma_2.high_1", "M", "{\"name\": \"high\"}", "SIG_DAYS"))
        .statusCode(400)
        .body("errors.pointer", contains("/into"));
    given()
        .accept("application/json")
        .get("/api/v1/signals")
        .then()
        .statusCode(200)
        .body("items.code", hasItem("SIG_FIRST"));
  }

  @Test
  void aFailureIsOnRecordAndTheLoadIsComplete() throws Exception {
    dataset("SIG_SOURCE", "D", "market=indicators");
    dataset("SIG_REFUSES", "D", "market=indicators", "function=code-lists/SIG_FUNCTION");
    put(
            "SIG_FAILS",
            signal(
                "SIG_SOURCE",
                "sig_oil",
                "D",
                "{\"name\": \"ma\", \"n\": 1}, {\"name\": \"sum\", \"n\": 1}",
                "SIG_REFUSES"))
        .statusCode(201);
    load("SIG_SOURCE", "market,time,value\nsig_oil,2026-03-02,4\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(lastRun("SIG_FAILS").path("state").asText()).isEqualTo("FAILED"));
    assertThat(lastRun("SIG_FAILS").path("message").asText()).contains("refuses 1 of 2", "sum_1");
    assertThat(lines("SIG_REFUSES")).isEmpty();
    assertThat(given().get("/metrics").asString())
        .containsPattern("refdata_signal_runs_total\\{state=\"FAILED\"\\} [1-9]");

    String tag =
        given()
            .accept("application/json")
            .get("/api/v1/signals/SIG_FAILS")
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    given()
        .contentType("application/json")
        .header("If-Match", tag)
        .body(signal("SIG_SOURCE", "sig_oil", "D", "{\"name\": \"ma\", \"n\": 1}", "SIG_REFUSES"))
        .put("/api/v1/signals/SIG_FAILS")
        .then()
        .statusCode(200);
    awaitLines("SIG_REFUSES", "sig_oil.ma_1,sig_oil,ma_1,2026-03-02,4.0,A");
    given().header("If-Match", tag).delete("/api/v1/signals/SIG_FAILS").then().statusCode(412);
    given().header("If-Match", "*").delete("/api/v1/signals/SIG_FAILS").then().statusCode(204);
    given().get("/api/v1/signals/SIG_FAILS/runs").then().statusCode(404);
    assertThat(lines("SIG_REFUSES")).hasSize(1);
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() throws Exception {
    dataset("SIG_WRONG", "D", "market=indicators");
    put("SIG_BAD", "{}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/name", "/calculation", "/into"));
    put("SIG_BAD", signal("SIG_WRONG", "sig_oil", "D", "{\"name\": \"ma\"}", "SIG_WRONG"))
        .statusCode(400)
        .body("errors.pointer", contains("/calculation/functions/0/n"));
    put("SIG_BAD", signal("SIG_WRONG", "sig_oil", "D\", \"W", "{\"name\": \"high\"}", "SIG_WRONG"))
        .statusCode(400)
        .body("errors.pointer", contains("/calculation/frequencies"));
    put("SIG_BAD", signal("SIG_WRONG", "sig_oil", "D", "{\"name\": \"high\"}", "SIG_WRONG"))
        .statusCode(400)
        .body("errors.pointer", contains("/into"))
        .body("errors[0].detail", containsString("dimensions"));
    put(
            "SIG_BAD",
            signal("SIG_WRONG", "sig_oil", "D", "{\"name\": \"high\"}", "NOWHERE")
                .replace("\"key\"", "\"from\": \"2020\", \"key\""))
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/into", "/calculation/from"));
  }
}
