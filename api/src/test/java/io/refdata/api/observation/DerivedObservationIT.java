package io.refdata.api.observation;

import static io.refdata.api.observation.Co2.DATASETS;
import static io.refdata.api.observation.Co2.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Units, longer periods and transforms of observations. */
@ArquillianTest
class DerivedObservationIT {
  private final PlatformClient client = PlatformForTests.client();

  /** Monthly data of an indicator in megawatt hours, whose values are added up. */
  private void monthly(String code) throws Exception {
    client.create(
        "indicators/" + code,
        "{\"name\": \"Energy\", \"unit\": {\"code\": \"MWH\"}, \"aggregation\": \"SUM\"}");
    client.dataset(code, "M", "YEAR", "indicator=indicators");
    client.push(
        code,
        """
        [{"indicator": "%1$s", "time": "2019-12", "value": 1100},
         {"indicator": "%1$s", "time": "2020-01", "value": 2200},
         {"indicator": "%1$s", "time": "2020-02", "value": 3300},
         {"indicator": "%1$s", "time": "2020-03", "value": 3300},
         {"indicator": "%1$s", "time": "2020-05", "value": 4400}]
        """
            .formatted(code));
  }

  private static Response ask(String dataset, String question) {
    return json().get(DATASETS + dataset + "/observations?" + question);
  }

  @Test
  void valuesComeInTheUnitThatIsAskedFor() throws Exception {
    monthly("D_UNIT");
    ask("D_UNIT", "unit=GWH&to=2020-01")
        .then()
        .statusCode(200)
        .body("series[0].unit", equalTo("GWH"))
        .body("series[0].time", contains("2019-12", "2020-01"))
        .body("series[0].value", contains(1.1f, 2.2f))
        .body("series[0].status", contains("A", "A"))
        .body("series[0].coverage", nullValue());
    ask("D_UNIT", "unit=GJ&last=1").then().body("series[0].value", contains(15840f));
    for (String unit : List.of("KG", "NO_UNIT")) {
      for (String form : List.of("application/json", "text/csv", "application/x-ndjson")) {
        given()
            .accept(form)
            .get(DATASETS + "D_UNIT/observations?unit=" + unit)
            .then()
            .statusCode(400)
            .body("errors[0].parameter", equalTo("unit"))
            .body("errors[0].detail", containsString(unit.equals("KG") ? "D_UNIT (MWH" : unit));
      }
    }
  }

  @Test
  void aFaultOfAQuestionInABodyIsAMemberOfIt() throws Exception {
    monthly("D_BODY");
    for (String format : List.of("json", "csv")) {
      json()
          .body("{\"unit\": \"NO_UNIT\", \"format\": \"%s\"}".formatted(format))
          .post(DATASETS + "D_BODY/observations/query")
          .then()
          .statusCode(400)
          .body("errors[0].pointer", equalTo("/unit"));
    }
    json()
        .body("{\"asOf\": \"2999-01-01T00:00:00Z\", \"indicatr\": null}")
        .post(DATASETS + "D_BODY/observations/query")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("/indicatr"));
    json()
        .body("{\"asOf\": \"2999-01-01T00:00:00Z\"}")
        .post(DATASETS + "D_BODY/observations/query")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("/asOf"));
  }

  @Test
  void longerPeriodsSayHowMuchOfThemIsThere() throws Exception {
    monthly("D_LONG");
    ask("D_LONG", "frequency=Q")
        .then()
        .statusCode(200)
        .body("series[0].unit", equalTo("MWH"))
        .body("series[0].time", contains("2019-Q4", "2020-Q1", "2020-Q2"))
        .body("series[0].value", contains(1100f, 8800f, 4400f))
        .body("series[0].coverage", contains(0.33333334f, 1f, 0.33333334f))
        .body("series[0].status", contains("I", "A", "I"));
    ask("D_LONG", "frequency=Q&aggregation=MEAN&minCoverage=1&unit=GWH")
        .then()
        .body("series[0].time", contains("2020-Q1"))
        .body("series[0].value", contains(2.9333334f));
    given()
        .accept("text/csv")
        .get(DATASETS + "D_LONG/observations?frequency=A&from=2020")
        .then()
        .body(
            equalTo(
                """
                key,indicator,time,value,status,coverage
                D_LONG,D_LONG,2020,13200.0,I,0.3333333333333333
                """));
    given()
        .accept("application/x-ndjson")
        .get(DATASETS + "D_LONG/observations?frequency=S&last=1&transform=chg")
        .then()
        .body(
            equalTo(
                """
                {"key":"D_LONG","dimensions":{"indicator":"D_LONG"},"time":"2020-S1","value":12100.0,"status":"I","coverage":0.16666666666666666}
                """));
    for (String years : List.of("from=0001", "to=9999", "from=1000&to=3000")) {
      ask("D_LONG", "frequency=S&transform=lin&" + years)
          .then()
          .statusCode(200)
          .body("series[0].value", contains(1100f, 13200f));
    }
  }

  @Test
  void aTransformLooksBehindItsRange() throws Exception {
    monthly("D_CHANGE");
    ask("D_CHANGE", "transform=pch&from=2020-01")
        .then()
        .statusCode(200)
        .body("series[0].unit", equalTo("PERCENT"))
        .body("series[0].time", contains("2020-01", "2020-02", "2020-03", "2020-05"))
        .body("series[0].value", contains(100f, 50f, 0f, null))
        .body("series[0].status", contains("A", "A", "A", "M"));
    ask("D_CHANGE", "transform=index:2020-02&to=2020-01")
        .then()
        .body("series[0].unit", nullValue())
        .body("series[0].time", contains("2019-12", "2020-01"))
        .body("series[0].value", contains(33.333332f, 66.666664f));
    json()
        .body("{\"key\": [\"D_CHANGE\"], \"transform\": \"chg\", \"first\": 2}")
        .post(DATASETS + "D_CHANGE/observations/query")
        .then()
        .statusCode(200)
        .body("series[0].value", contains(null, 1100f));
  }

  @Test
  void pagesOfResultsAreTheWholeInParts() throws Exception {
    monthly("D_PAGES");
    String question = "transform=ma:2&unit=GWH";
    Response page = ask("D_PAGES", question + "&limit=2");
    page.then().body("series[0].value", contains(null, 1.65f));
    page = ask("D_PAGES", question + "&limit=2&after=" + page.path("next"));
    page.then()
        .body("series[0].time", contains("2020-02", "2020-03"))
        .body("series[0].value", contains(2.75f, 3.3f));
    page = ask("D_PAGES", question + "&limit=2&after=" + page.path("next"));
    page.then().body("series[0].value", contains(nullValue())).body("next", nullValue());
  }

  /** The days of New York begin four hours after those of UTC. */
  @Test
  void anInstantCutsTheDaysOfATimeZoneWhereTheyBegin() throws Exception {
    client.dataset("D_ZONE", "H", "YEAR", "region=regions");
    StringBuilder rows = new StringBuilder();
    Instant first = Instant.parse("2020-03-28T04:00:00Z");
    for (int hour = 0; hour < 72; hour++) {
      rows.append(
          "%s{\"region\": \"USA\", \"time\": \"%s\", \"value\": 1}"
              .formatted(rows.isEmpty() ? "[" : ",", first.plus(hour, ChronoUnit.HOURS)));
    }
    assertThat(client.push("D_ZONE", rows + "]").get("rejected")).isEmpty();
    String days = "frequency=D&zone=America/New_York&aggregation=SUM";
    ask("D_ZONE", days + "&from=2020-03-29T00:00:00-04:00&to=2020-03-29T21:00:00-04:00")
        .then()
        .statusCode(200)
        .body("series[0].time", contains("2020-03-29"))
        .body("series[0].value", contains(24.0f));
    ask("D_ZONE", days + "&from=2020-03-29T04:00:00.000001Z")
        .then()
        .body("series[0].time", contains("2020-03-30"));
    ask("D_ZONE", days + "&from=2020-03-29&to=2020-03-29")
        .then()
        .body("series[0].time", contains("2020-03-29"));
  }

  @Test
  void allFaultsAreNamedAtOnce() throws Exception {
    monthly("D_FAULTS");
    ask("D_FAULTS", "unit=a.b&frequency=W&aggregation=ALL&minCoverage=0&zone=UTC&transform=double")
        .then()
        .statusCode(400)
        .body(
            "errors.parameter",
            containsInAnyOrder(
                "unit", "frequency", "aggregation", "minCoverage", "zone", "transform"));
    ask("D_FAULTS", "aggregation=SUM&minCoverage=1")
        .then()
        .statusCode(400)
        .body("errors.parameter", containsInAnyOrder("aggregation", "minCoverage"));
    ask("D_FAULTS", "transform=chg&updatedAfter=2026-01-01T00:00:00Z")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("updatedAfter"));
    client.create("indicators/D_NONE", "{\"name\": \"Without aggregation\"}");
    client.push("D_FAULTS", "[{\"indicator\": \"D_NONE\", \"time\": \"2020-01\", \"value\": 1}]");
    ask("D_FAULTS", "frequency=A")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("aggregation"))
        .body("errors[0].detail", containsString("D_NONE"));
    ask("D_FAULTS", "frequency=A&aggregation=SUM").then().statusCode(200);
  }

  @Test
  void answersFollowTheUnitsConversionsAndIndicatorsThatTheyAreMadeWith() throws Exception {
    client.create("units/D_BAG", "{\"name\": \"Bag\"}");
    client.create("units/D_MJ", "{\"name\": \"Megajoule\", \"ucum\": \"MJ\"}");
    client.create("indicators/D_BAGS", indicator("SUM"));
    client.create("conversions/D_BAG_GJ", conversion(2, null));
    client.dataset("D_FOLLOWS", "M", "YEAR", "fuel=code-lists/FUEL", "indicator=indicators");
    client.push(
        "D_FOLLOWS",
        """
        [{"fuel": "COAL", "indicator": "D_BAGS", "time": "2020-01", "value": 3},
         {"fuel": "COAL", "indicator": "D_BAGS", "time": "2020-02", "value": 5}]
        """);
    String question = "frequency=A&unit=D_MJ";
    expect(question, 16000);
    expect(question, 16000);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    patch("conversions/D_BAG_GJ", "{\"factor\": 3}");
    expect(question, 24000);
    client.create("conversions/D_BAG_COAL", conversion(4, "COAL"));
    expect(question, 32000);
    patch("conversions/D_BAG_COAL", "{\"validTo\": \"2020-01-31\"}");
    expect(question, 27000);
    patch("indicators/D_BAGS", "{\"aggregation\": \"MAX\"}");
    expect(question, 15000);
    patch("units/D_MJ", "{\"ucum\": \"kJ\"}");
    expect(question, 15000000);
    patch("units/D_MJ", "{\"ucum\": \"MJ\"}");
    expect(question, 15000);
    expect(question + "&asOf=" + before, 16000);
    patch("conversions/D_BAG_GJ", "{\"validTo\": \"2019-12-31\"}");
    ask("D_FOLLOWS", question)
        .then()
        .statusCode(400)
        .body("errors[0].detail", containsString("COAL.D_BAGS (D_BAG, on 2020-02-01)"));
    expect("unit=D_MJ&to=2020-01", 12000);
  }

  private static void expect(String question, float value) {
    ask("D_FOLLOWS", question).then().statusCode(200).body("series[0].value", contains(value));
  }

  private static String indicator(String aggregation) {
    return "{\"name\": \"Bags\", \"unit\": {\"code\": \"D_BAG\"}, \"aggregation\": \"%s\"}"
        .formatted(aggregation);
  }

  private static String conversion(int factor, @Nullable String context) {
    return """
    {"name": "Bags", "from": {"code": "D_BAG"}, "to": {"code": "GJ"}, "factor": %d, "context": %s}
    """
        .formatted(factor, context == null ? null : '"' + context + '"');
  }

  private static void patch(String path, String change) {
    String tag = json().get("/api/v1/" + path).header("ETag");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", tag)
        .body(change)
        .patch("/api/v1/" + path)
        .then()
        .statusCode(200);
  }
}
