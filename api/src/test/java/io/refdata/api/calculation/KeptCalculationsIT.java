package io.refdata.api.calculation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
class KeptCalculationsIT {
  private final Markets markets = new Markets();

  @BeforeEach
  void prepare() throws Exception {
    markets.prepare();
  }

  private static int hits() {
    return use("hits");
  }

  private static int use(String member) {
    return given()
        .accept("application/json")
        .get("/api/v1/performance/calculations")
        .then()
        .statusCode(200)
        .extract()
        .path("items.find { it.function == 'range' }." + member);
  }

  @Test
  void anAnswerIsKeptWhileItsSeriesIsUnchanged() throws Exception {
    markets.market("CALC_KEPT");
    String range =
        "\"frequencies\": [\"D\", \"M\"], \"functions\": [{\"name\": \"range\", \"n\": 2}]";
    int calls = use("calls");
    int before = hits();
    String first =
        Markets.asked("CALC_KEPT", range)
            .statusCode(200)
            .header("Server-Timing", containsString("cache;desc=\"miss\""))
            .extract()
            .asString();
    assertThat(hits()).isEqualTo(before);
    assertThat(Markets.asked("CALC_KEPT", range).extract().asString()).isEqualTo(first);
    assertThat(hits()).isEqualTo(before + 2);
    assertThat(use("calls")).isEqualTo(calls + 4);
    Markets.asked("CALC_KEPT", range)
        .header("Server-Timing", containsString("desc=\"0 statements\""))
        .header("Server-Timing", containsString("cache;desc=\"hit\""));
    before += 2;
    given()
        .contentType("application/json")
        .header("Cache-Control", "no-cache")
        .body("{\"dataset\": \"CALC_KEPT\", \"key\": \"calc_oil\", %s}".formatted(range))
        .post("/api/v1/calculations")
        .then()
        .header("Server-Timing", containsString("cache;desc=\"bypass\""))
        .body(equalTo(first));
    assertThat(hits()).isEqualTo(before + 2);

    markets.load("CALC_KEPT", "market,time,value\ncalc_gas,2026-03-31,33\ncalc_gas,2027-01-01,4\n");
    markets.client.push(
        "CALC_KEPT", "[{\"market\": \"calc_gas\", \"time\": \"2026-04-02\", \"value\": 1}]");
    assertThat(Markets.asked("CALC_KEPT", range).extract().asString()).isEqualTo(first);
    assertThat(hits()).isEqualTo(before + 4);

    markets.client.push(
        "CALC_KEPT", "[{\"market\": \"calc_oil\", \"time\": \"2026-04-02\", \"value\": 29}]");
    Markets.asked("CALC_KEPT", range)
        .body("frequencies[1].functions[0].value", contains(null, 21.0f));
    markets.load("CALC_KEPT", "market,time,value\ncalc_oil,2026-04-02,30\n");
    Markets.asked("CALC_KEPT", range)
        .body("frequencies[1].functions[0].value", contains(null, 22.0f));
    assertThat(hits()).isEqualTo(before + 4);

    markets.client.push(
        "CALC_KEPT",
        "[{\"market\": \"calc_oil\", \"time\": \"2026-04-02\", \"value\": 30, \"status\": \"E\"}]");
    Markets.asked("CALC_KEPT", range).body("frequencies[0].status[6]", equalTo("E"));
    unit("calc_oil", "{\"name\": \"Oil\", \"unit\": {\"code\": \"GWH\"}}");
    Markets.asked("CALC_KEPT", range).body("unit", equalTo("GWH"));
    unit("calc_oil", "{\"name\": \"Oil\"}");
    Markets.asked("CALC_KEPT", range).body("unit", nullValue());
  }

  private static void unit(String indicator, String item) {
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(item)
        .put("/api/v1/indicators/" + indicator)
        .then()
        .statusCode(200);
  }

  @Test
  void whatWasKnownAtAnInstantNeverChanges() throws Exception {
    markets.market("CALC_PAST");
    Instant then = Instant.now().truncatedTo(ChronoUnit.MICROS);
    String past =
        "{\"dataset\": \"CALC_PAST\", \"key\": \"calc_oil\", \"frequencies\": [\"D\", \"W\","
            + " \"M\"], \"functions\": [{\"name\": \"ema\", \"n\": 2}], \"asOf\": \""
            + then
            + "\"}";
    Response first = Markets.post(past);
    first
        .then()
        .statusCode(200)
        .header("Cache-Control", "private, max-age=31536000, immutable")
        .body("frequencies[2].time", contains("2026-03", "2026-04"));

    markets.load("CALC_PAST", "market,time,value\ncalc_oil,2026-03-05,7\ncalc_oil,2026-05-02,29\n");
    unit("calc_oil", "{\"name\": \"Oil\", \"unit\": {\"code\": \"GWH\"}}");
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(
            "{\"name\": \"Renamed\", \"frequency\": \"D\", \"partitioning\": {\"interval\":"
                + " \"YEAR\"}, \"dimensions\": [{\"code\": \"market\", \"values\":"
                + " \"indicators\"}]}")
        .put("/api/v1/datasets/CALC_PAST")
        .then()
        .statusCode(200);
    Response again = Markets.post(past);
    unit("calc_oil", "{\"name\": \"Oil\"}");
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    Markets.asked("CALC_PAST", "\"frequencies\": [\"M\"], \"functions\": [{\"name\": \"high\"}]")
        .body("frequencies[0].time", contains("2026-03", "2026-04", "2026-05"));
    Markets.post(past.replace(then.toString(), "2999-01-01T00:00:00Z"))
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/asOf"));
  }
}
