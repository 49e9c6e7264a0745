package io.refdata.api.monitoring;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The data and the loads as operators see them. */
@ArquillianTest
class MonitoringIT {
  private static final String MONITORING = "/api/v1/monitoring/";

  private final PlatformClient client = PlatformForTests.client();

  private static ValidatableResponse get(String path) {
    return given().get(MONITORING + path).then();
  }

  private static ValidatableResponse put(String path, String body) {
    return given().contentType("application/json").body(body).put(MONITORING + path).then();
  }

  private static void judge(long load) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select performance_monitoring.schedule_maintenance('JUDGE_LOADS')");
    }
    await()
        .atMost(5, MINUTES)
        .until(
            () -> !get("quality?load=" + load).extract().path("items").equals(java.util.List.of()));
  }

  private long load(String dataset, String csv) throws Exception {
    client.create(
        "layouts/" + dataset,
        "{\"into\": \"datasets/%s\", \"time\": {\"column\": \"time\"}, \"value\": {\"column\": \"value\"}, \"dimensions\": {\"region\": {\"column\": \"region\"}}}"
            .formatted(dataset));
    JsonNode load =
        client.load("maxRejectRatio=0.5&layout=" + dataset, BodyPublishers.ofString(csv));
    assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
    return load.get("id").longValue();
  }

  @Test
  void aLabelThatSilencesNothingIsNamed() {
    given()
        .contentType("application/json")
        .body("{\"matchers\": {\"alertname\": \"X\", \"a/b\": \"\"}}")
        .post(MONITORING + "silences")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItems("/matchers/alertname", "/matchers/a~1b", "/until"));
  }

  @Test
  void datasetsSayHowFreshTheyAre() throws Exception {
    client.yearly("MON_FRESH", "region=regions");
    get("freshness?dataset=MON_FRESH")
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].state", equalTo("FRESH"))
        .body("items[0].updatedAt", nullValue())
        .body("items[0].lastLoad", nullValue());
    long load = load("MON_FRESH", "region,time,value\nDEU,2001,5\n");
    get("freshness?dataset=MON_FRESH&state=FRESH")
        .statusCode(200)
        .body("items[0].lastDataPoint.period", equalTo("2001"))
        .body("items[0].lastDataPoint.age.duration", startsWith("PT"))
        .body("items[0].lastLoad.id", equalTo((int) load))
        .body("items[0].lastLoad.state", equalTo("COMPLETED"))
        .body("items[0].lastLoad.receivedToRecorded.seconds", notNullValue())
        .body("items[0].bounds.source", equalTo("FREQUENCY"))
        .body("items[0].computed", containsString("yearly"));
    get("freshness?dataset=MON_FRESH&state=STALE").body("items", empty());
    get("freshness?state=OLD&datset=X")
        .statusCode(400)
        .body("errors.parameter", hasItems("state", "datset"));
    String next = get("freshness?limit=1").statusCode(200).extract().path("next");
    if (next != null) {
      get("freshness?limit=1&after=" + next).statusCode(200);
    }
    get("freshness?after=x").statusCode(400);
  }

  @Test
  void aLoadIsJudgedAndAnOddValueMarked() throws Exception {
    client.yearly("MON_QUALITY", "region=regions");
    StringBuilder csv = new StringBuilder("region,time,value\n");
    for (int year = 1990; year < 2020; year++) {
      csv.append(
          year == 2005 ? "" : "DEU,%d,%d%n".formatted(year, year == 2019 ? 1_500 : 100 + year % 7));
    }
    long load = load("MON_QUALITY", csv + "XXX,2019,1\nDEU,2018,1\n");
    judge(load);
    get("quality?dataset=MON_QUALITY")
        .statusCode(200)
        .body("items[0].asOf.load", equalTo((int) load))
        .body("items[0].score", greaterThan(10f))
        .body("items[0].before", nullValue())
        .body("items[0].completeness.longest[0].from", equalTo("2005"))
        .body("items[0].rows.rejected", equalTo(2))
        .body("items[0].rows.duplicates", equalTo(1))
        .body("items[0].examined.sampled", equalTo(false))
        .body("items[0].anomalies.found", equalTo(1))
        .body("items[0].parts.name", hasItems("COMPLETENESS", "REJECTS", "ANOMALIES"))
        .body("items[0].parts.computed", everyItem(notNullValue()));
    float open = get("quality?load=" + load).extract().path("items[0].score");
    int id =
        get("anomalies?dataset=MON_QUALITY&state=OPEN&load=" + load)
            .statusCode(200)
            .body("items", hasSize(1))
            .body("items[0].series", equalTo("DEU"))
            .body("items[0].period", equalTo("2019"))
            .body("items[0].mark", nullValue())
            .extract()
            .path("items[0].id");
    put("anomalies/" + id, "{\"state\": \"RIGHT\", \"resaon\": \"\"}")
        .statusCode(400)
        .body("errors.pointer", hasItems("/reason", "/resaon"));
    put("anomalies/" + id, "{\"state\": \"RIGHT\", \"reason\": \"a new plant\"}")
        .statusCode(200)
        .body("mark.reason", equalTo("a new plant"))
        .body("mark.by", notNullValue());
    get("anomalies/" + id).statusCode(200).body("state", equalTo("RIGHT"));
    get("quality?load=" + load)
        .body("items[0].score", greaterThan(open))
        .body("items[0].anomalies.right", equalTo(1));
    put("anomalies/0", "{\"state\": \"OPEN\"}").statusCode(404);
    get("anomalies?load=x&state=y")
        .statusCode(400)
        .body("errors.parameter", hasItems("load", "state"));
    get("quality?load=x").statusCode(400);
  }

  @Test
  void slasAreWrittenWithConditionsAndMeasured() throws Exception {
    client.create(
        "layouts/MON_SLA",
        "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"code\"}}}");
    String sla =
        "{\"kind\": \"LOAD_DURATION\", \"layout\": \"MON_SLA\", \"bound\": \"PT10M\","
            + " \"objective\": 0.95, \"window\": \"P4W\"}";
    String tag =
        put("slas/mon-loads", sla)
            .statusCode(201)
            .body("measurement.measured", equalTo(false))
            .body("measurement.burnRates.window", hasItems("PT5M", "PT30M", "PT1H", "PT6H"))
            .header("Location", equalTo(MONITORING + "slas/mon-loads"))
            .extract()
            .header("ETag");
    assertThat(tag).startsWith("\"0-");
    put("slas/mon-loads", sla).statusCode(428);
    given()
        .contentType("application/json")
        .header("If-Match", tag)
        .body(sla.replace("0.95", "0.9"))
        .put(MONITORING + "slas/mon-loads")
        .then()
        .statusCode(200)
        .body("objective", equalTo(0.9f));
    get("slas/mon-loads").statusCode(200).body("window", equalTo("P4W"));
    get("slas").statusCode(200).body("items.name", hasItem("mon-loads"));
    given().header("If-Match", tag).delete(MONITORING + "slas/mon-loads").then().statusCode(412);
    given().header("If-Match", "*").delete(MONITORING + "slas/mon-loads").then().statusCode(204);
    get("slas/mon-loads").statusCode(404);
    get("slas").body("items.name", not(hasItem("mon-loads")));
  }

  @Test
  void allFaultsOfAnSlaAreNamedAtOnce() {
    put(
            "slas/wrong",
            "{\"kind\": \"REQUEST_LATENCY\", \"route\": \"datsets\", \"boundMs\": 3, \"objective\":"
                + " 1, \"window\": \"P1Y\", \"least\": 3}")
        .statusCode(400)
        .body("errors.pointer", hasItems("/route", "/boundMs", "/objective", "/window", "/least"));
    put(
            "slas/wrong",
            "{\"kind\": \"LOAD_DURATION\", \"dataset\": \"A\", \"layout\": \"B\", \"bound\":"
                + " \"soon\", \"window\": \"P999999999W\"}")
        .statusCode(400)
        .body("errors.pointer", hasItems("/dataset", "/bound", "/objective", "/window"));
    put("slas/wrong", "{\"kind\": \"OTHER\", \"dataset\": 3, \"other\": 1}")
        .statusCode(400)
        .body("errors.pointer", hasItems("/kind", "/other"));
    put(
            "slas/right",
            "{\"kind\": \"REQUEST_LATENCY\", \"route\": \"/api/v1/datasets/{code}/observations\","
                + " \"boundMs\": 250, \"objective\": 0.99, \"window\": \"P30D\"}")
        .statusCode(201)
        .body("boundMs", equalTo(250.0f));
    given().header("If-Match", "*").delete(MONITORING + "slas/right").then().statusCode(204);
  }

  @Test
  void theLoadsOfALayoutAreAPipeline() throws Exception {
    client.yearly("MON_PIPE", "region=regions");
    for (int year = 2001; year < 2004; year++) {
      load("MON_PIPE", "region,time,value\nDEU,%d,5\n".formatted(year));
    }
    get("pipelines?layout=MON_PIPE")
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].loads", equalTo(3))
        .body("items[0].steps.name", hasItems("wait", "stage", "merge", "other"));
    get("pipelines/MON_PIPE")
        .statusCode(200)
        .body("loads", hasSize(3))
        .body("loads.parallel", everyItem(notNullValue()))
        .body("loads[0].rows", equalTo(1));
    get("pipelines/NOT_THERE").statusCode(404);
    get("pipelines/MON_PIPE?layout=x").statusCode(400);
  }
}
