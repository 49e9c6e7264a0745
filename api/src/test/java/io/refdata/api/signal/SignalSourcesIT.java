package io.refdata.api.signal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Signals of feature sets, and what becomes of results whose sources are removed by retention. */
@ArquillianTest
class SignalSourcesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int YEAR = LocalDate.now(ZoneOffset.UTC).getYear();
  private final PlatformClient client = PlatformForTests.client();

  private void indicators(String... codes) throws Exception {
    for (String code : codes) {
      client.create("indicators/" + code, "{\"name\": \"An indicator\"}");
    }
  }

  private static ValidatableResponse put(String signal, String origin, String into) {
    return given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body("{\"name\": \"Signal\", \"into\": \"datasets/%s\", %s}".formatted(into, origin))
        .put("/api/v1/signals/" + signal)
        .then();
  }

  private void featureSet(String code, String dataset, String features, String target)
      throws Exception {
    client.create(
        "feature-sets/" + code,
        """
        {"kind": "FORECASTING", "dataset": "%s", "entity": "region", "features": [%s],
         "target": {"indicator": "%s", "horizon": 1}}
        """
            .formatted(dataset, features, target));
  }

  private static String ofSet(String code) {
    return "\"featureSet\": {\"code\": \"%s\"}".formatted(code);
  }

  private void push(String dataset, String region, String indicator, int year, double value)
      throws Exception {
    client.push(
        dataset,
        "[{\"region\": \"%s\", \"indicator\": \"%s\", \"time\": \"%d\", \"value\": %s}]"
            .formatted(region, indicator, year, value));
  }

  private List<String> lines(String dataset) throws Exception {
    return new ArrayList<>(
        client
            .text("datasets/" + dataset + "/observations", "text/csv")
            .lines()
            .skip(1)
            .map(line -> line.replaceFirst("^[^,]*,", ""))
            .toList());
  }

  private void awaitLines(String dataset, String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines(dataset)).containsExactlyInAnyOrder(expected));
  }

  private JsonNode awaitRun(String signal, Predicate<JsonNode> condition) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> client.get("signals/" + signal + "/runs?limit=1").path("items").path(0),
            run -> !run.path("state").asText().equals("RUNNING") && condition.test(run));
  }

  @Test
  void newestRowsOfAFeatureSetAreStoredAfterEachChangeOfWhatTheyAreMadeOf() throws Exception {
    indicators("sig_co2", "sig_gdp", "lag0", "lag1", "year", "SIG_GDP_sig_gdp_lag0");
    for (String code : List.of("SIG_CO2", "SIG_GDP", "SIG_FEATURES", "SIG_BEYOND")) {
      client.yearly(code, "region=regions", "indicator=indicators");
    }
    push("SIG_CO2", "FRA", "sig_co2", 2020, 10);
    push("SIG_CO2", "FRA", "sig_co2", 2021, 11);
    push("SIG_CO2", "DEU", "sig_co2", 2020, 20);
    featureSet(
        "SIG_SET",
        "SIG_CO2",
        "{\"lag\": 0}, {\"lag\": 1}, {\"calendar\": \"year\"}, {\"static\": \"name\"},"
            + " {\"series\": \"SIG_GDP\", \"indicator\": \"sig_gdp\"}",
        "sig_co2");
    put("SIG_OF_SET", ofSet("SIG_SET"), "SIG_FEATURES")
        .statusCode(201)
        .body("featureSet.code", equalTo("SIG_SET"))
        .body("featureSet.version", equalTo(1));
    awaitLines(
        "SIG_FEATURES",
        "FRA,lag0,2021,11.0,A",
        "FRA,lag1,2021,10.0,A",
        "FRA,year,2021,2021.0,A",
        "DEU,lag0,2020,20.0,A",
        "DEU,year,2020,2020.0,A");

    // Of another dataset; then a new period, by which the one before stays, and one that goes.
    push("SIG_GDP", "FRA", "sig_gdp", 2021, 7);
    JsonNode run = awaitRun("SIG_OF_SET", one -> one.path("rows").asInt() == 1);
    assertThat(run.path("cause").path("dataset").asText()).isEqualTo("SIG_GDP");
    push("SIG_CO2", "FRA", "sig_co2", 2022, 12);
    push("SIG_CO2", "DEU", "sig_co2", 2020, 21);
    awaitLines(
        "SIG_FEATURES",
        "FRA,lag0,2021,11.0,A",
        "FRA,lag1,2021,10.0,A",
        "FRA,year,2021,2021.0,A",
        "FRA,SIG_GDP_sig_gdp_lag0,2021,7.0,A",
        "FRA,lag0,2022,12.0,A",
        "FRA,lag1,2022,11.0,A",
        "FRA,year,2022,2022.0,A",
        "DEU,lag0,2020,21.0,A",
        "DEU,year,2020,2020.0,A");
    client.load(
        "into=datasets/SIG_CO2&mode=REPLACE&maxDeleteRatio=1",
        BodyPublishers.ofString(
            "region,indicator,time,value\nFRA,sig_co2,2020,10\nFRA,sig_co2,2021,11\n"
                + "DEU,sig_co2,2020,21\n"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lines("SIG_FEATURES"))
                    .contains("FRA,lag0,2022,,M", "FRA,lag0,2021,11.0,A"));

    put("SIG_ITSELF", ofSet("SIG_SET"), "SIG_CO2")
        .statusCode(400)
        .body("errors.pointer", contains("/into"));
    featureSet("SIG_BACK", "SIG_FEATURES", "{\"lag\": 0}", "lag0");
    put("SIG_CIRCLE", ofSet("SIG_BACK"), "SIG_GDP")
        .statusCode(400)
        .body("errors.pointer", contains("/into"))
        .body("errors[0].detail", containsString("made of"));
    put("SIG_ON", ofSet("SIG_BACK"), "SIG_BEYOND").statusCode(201);
    awaitLines("SIG_BEYOND", "FRA,lag0,2021,11.0,A", "DEU,lag0,2020,21.0,A");

    // In the next version the same feature is one of another series.
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(
            """
            {"version": 2, "kind": "FORECASTING", "dataset": "SIG_FEATURES", "entity": "region",
             "features": [{"lag": 0}], "target": {"indicator": "lag1", "horizon": 1}}
            """)
        .put("/api/v1/feature-sets/SIG_BACK")
        .then()
        .statusCode(200);
    given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(
            "{\"name\": \"Signal\", \"into\": \"datasets/SIG_BEYOND\", %s}"
                .formatted(ofSet("SIG_BACK")))
        .put("/api/v1/signals/SIG_ON")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/featureSet"))
        .body("errors[0].detail", containsString("something else"));
  }

  @Test
  void whatIsWrongWithAFeatureSetIsSaid() throws Exception {
    client.yearly("SIG_WHERE", "region=regions", "indicator=indicators");
    client.create("feature-sets/SIG_PLACES", "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 50}");
    put("SIG_BAD_SET", ofSet("SIG_PLACES"), "SIG_WHERE")
        .statusCode(400)
        .body("errors.pointer", contains("/featureSet/code"))
        .body("errors[0].detail", containsString("no period"));
    put("SIG_BAD_SET", ofSet("SIG_NONE"), "SIG_WHERE")
        .statusCode(400)
        .body("errors.pointer", contains("/featureSet/code"));
    put(
            "SIG_BAD_SET",
            "\"featureSet\": {\"code\": \"SIG_PLACES\", \"x\": 1}, \"calculation\": {}",
            "SIG_WHERE")
        .statusCode(400)
        .body("errors.pointer", contains("/featureSet"));
  }

  private void kept(String more) throws Exception {
    String body =
        """
        {"name": "Kept", "frequency": "A", "partitioning": {"interval": "YEAR", "premake": 1%s},
         "dimensions": [{"code": "region", "values": "regions"}, {"code": "indicator", "values": "indicators"}]}
        """
            .formatted(more);
    String tag = given().get("/api/v1/datasets/SIG_KEPT").header("ETag");
    var request = given().contentType("application/json").body(body);
    (tag == null ? request : request.header("If-Match", tag))
        .put("/api/v1/datasets/SIG_KEPT")
        .then()
        .statusCode(tag == null ? 201 : 200);
  }

  @Test
  void resultsStayWhoseSourcesRetentionHasRemoved() throws Exception {
    indicators("sig_price", "lag0", "lag7");
    kept("");
    client.create("code-lists/SIG_KEPT_F", "{\"name\": \"Functions\"}");
    for (String code : List.of("ema_2", "ma_3")) {
      client.create("code-lists/SIG_KEPT_F/codes/" + code, "{\"name\": \"Function\"}");
    }
    client.yearly(
        "SIG_KEPT_MEANS", "region=regions", "indicator=indicators", "f=code-lists/SIG_KEPT_F");
    client.yearly("SIG_KEPT_ROWS", "region=regions", "indicator=indicators");
    StringBuilder csv = new StringBuilder("region,indicator,time,value\n");
    double[] prices = new double[10];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = i * i * 0.1;
      csv.append("FRA,sig_price,%d,%s\n".formatted(YEAR - 9 + i, prices[i]));
    }
    client.load("into=datasets/SIG_KEPT", BodyPublishers.ofString(csv.toString()));
    featureSet("SIG_KEPT_SET", "SIG_KEPT", "{\"lag\": 0}, {\"lag\": 7}", "sig_price");
    put("SIG_KEPT_B", ofSet("SIG_KEPT_SET"), "SIG_KEPT_ROWS").statusCode(201);
    put(
            "SIG_KEPT_A",
            "\"calculation\": {\"dataset\": \"SIG_KEPT\", \"key\": \"FRA.sig_price\","
                + " \"frequencies\": [\"A\"], \"functions\": [{\"name\": \"ema\", \"n\": 2},"
                + " {\"name\": \"ma\", \"n\": 3}]}",
            "SIG_KEPT_MEANS")
        .statusCode(201);
    JsonNode first = awaitRun("SIG_KEPT_A", run -> run.path("rows").asInt() == 17);
    awaitRun("SIG_KEPT_B", run -> run.path("rows").asInt() == 2);
    List<String> means = lines("SIG_KEPT_MEANS");
    List<String> rows = lines("SIG_KEPT_ROWS");

    kept(", \"retention\": \"P5Y\"");
    given()
        .contentType("application/json")
        .post("/api/v1/database/partitions/maintenance")
        .then()
        .statusCode(200);
    int loaded = first.path("cause").path("revision").asInt();
    for (String signal : List.of("SIG_KEPT_A", "SIG_KEPT_B")) {
      JsonNode run = awaitRun(signal, one -> one.path("cause").path("revision").asInt() > loaded);
      assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("COMPLETED");
      assertThat(run.path("rows").asInt()).as(run.toString()).isZero();
    }
    assertThat(lines("SIG_KEPT_MEANS")).isEqualTo(means);
    assertThat(lines("SIG_KEPT_ROWS")).isEqualTo(rows);

    // A correction of what is left gives what it would have given with all of the past.
    prices[8] = 77;
    push("SIG_KEPT", "FRA", "sig_price", YEAR - 1, prices[8]);
    double average = prices[0];
    List<String> expected = new ArrayList<>();
    for (int i = 1; i < prices.length; i++) {
      average = i == 1 ? (prices[0] + prices[1]) / 2 : average + 2.0 / 3.0 * (prices[i] - average);
      expected.add("FRA,sig_price,ema_2,%d,%s,A".formatted(YEAR - 9 + i, average));
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lines("SIG_KEPT_MEANS"))
                    .filteredOn(line -> line.contains("ema_2"))
                    .isEqualTo(expected));
    assertThat(lines("SIG_KEPT_MEANS")).hasSize(17);
  }
}
