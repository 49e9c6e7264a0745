package io.refdata.api.comparison;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
class ComparisonIT {
  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void sources() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    for (String code : new String[] {"CMP_A", "CMP_B", "CMP_ACTUAL"}) {
      client.yearly(code, "region=regions", "indicator=indicators");
    }
    client.push(
        "CMP_A",
        """
        [{"region": "FRA", "indicator": "co2", "time": "2018", "value": 10},
         {"region": "FRA", "indicator": "co2", "time": "2019", "value": 0},
         {"region": "FRA", "indicator": "co2", "time": "2020", "value": 8}]
        """);
    client.push(
        "CMP_B",
        """
        [{"region": "FRA", "indicator": "co2", "time": "2018", "value": 12, "status": "E"},
         {"region": "FRA", "indicator": "co2", "time": "2019", "value": 1},
         {"region": "FRA", "indicator": "co2", "time": "2021", "value": 3}]
        """);
  }

  private static ValidatableResponse asked(String query) {
    return given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .get("/api/v1/compare?" + query)
        .then();
  }

  @Test
  void aSeriesIsNotComparedWithItself() {
    asked("series=CMP_A:FRA.co2&series=CMP_B:FRA.co2&series=CMP_A:FRA.co2")
        .statusCode(400)
        .body("errors.parameter", contains("series"))
        .body("errors[0].detail", equalTo("must be different series"));
    asked("series=CMP_A:FRA.co2&series=CMP_A:FRA%2Eco2").statusCode(400);
  }

  @Test
  void sourcesAreComparedByPeriod() {
    String query = "series=CMP_A:FRA.co2&series=CMP_B:FRA.co2";
    asked(query)
        .statusCode(200)
        .body("time", contains("2018", "2019", "2020", "2021"))
        .body("series.dataset", contains("CMP_A", "CMP_B"))
        .body("series[0].value", contains(10.0f, 0.0f, 8.0f, null))
        .body("series[1].status", contains("E", "A", null, "A"))
        .body("series[1].difference", contains(2.0f, 1.0f, null, null))
        .body("series[1].percent", contains(20.0f, null, null, null));
    given()
        .accept("text/csv")
        .get("/api/v1/compare?" + query + "&to=2019")
        .then()
        .contentType("text/csv")
        .body(
            equalTo(
                """
                time,dataset,key,value,status,difference,percent
                2018,CMP_A,FRA.co2,10.0,A,,
                2018,CMP_B,FRA.co2,12.0,E,2.0,20.0
                2019,CMP_A,FRA.co2,0.0,A,,
                2019,CMP_B,FRA.co2,1.0,A,1.0,
                """));
  }

  @Test
  void aComparisonFollowsEachOfItsSeries() throws Exception {
    client.yearly("CMP_LATER", "region=regions", "indicator=indicators");
    push("CMP_LATER", 1);
    String query = "series=CMP_A:FRA.co2&series=CMP_LATER:FRA.co2&to=2018";
    asked(query).body("series[1].difference", contains(-9.0f));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    push("CMP_LATER", 4);
    asked(query).body("series[1].difference", contains(-6.0f));
    asked(query + "&asOf=" + before).body("series[1].difference", contains(-9.0f));
  }

  private void push(String dataset, int value) throws Exception {
    client.push(
        dataset,
        "[{\"region\": \"FRA\", \"indicator\": \"co2\", \"time\": \"2018\", \"value\": %d}]"
            .formatted(value));
  }

  @Test
  void forecastsAreJudgedByHorizon() throws Exception {
    client.create("code-lists/CMP_ORIGIN", "{\"name\": \"Origins\"}");
    for (String origin : new String[] {"2019", "2020", "LATEST"}) {
      client.create("code-lists/CMP_ORIGIN/codes/" + origin, "{\"name\": \"Origin\"}");
    }
    client.yearly(
        "CMP_FORECAST", "origin=code-lists/CMP_ORIGIN", "region=regions", "indicator=indicators");
    client.push(
        "CMP_FORECAST",
        """
        [{"origin": "2019", "region": "FRA", "indicator": "co2", "time": "2020", "value": 110},
         {"origin": "2019", "region": "FRA", "indicator": "co2", "time": "2021", "value": 130},
         {"origin": "2019", "region": "FRA", "indicator": "co2", "time": "2022", "value": 1},
         {"origin": "2020", "region": "FRA", "indicator": "co2", "time": "2021", "value": 190},
         {"origin": "LATEST", "region": "DEU", "indicator": "co2", "time": "2021", "value": 190}]
        """);
    client.push(
        "CMP_ACTUAL",
        """
        [{"region": "FRA", "indicator": "co2", "time": "2020", "value": 100},
         {"region": "FRA", "indicator": "co2", "time": "2021", "value": 200},
         {"region": "DEU", "indicator": "co2", "time": "2021", "value": 200}]
        """);
    asked("forecast=CMP_FORECAST:*.FRA.co2&actual=CMP_ACTUAL:FRA.co2")
        .statusCode(200)
        .body("horizons.horizon", contains(1, 2))
        .body("horizons.n", contains(2, 1))
        .body("horizons.bias", contains(0.0f, -70.0f))
        .body("horizons.mae", contains(10.0f, 70.0f))
        .body("horizons.mape", contains(7.5f, 35.0f));
    given()
        .accept("text/csv")
        .get("/api/v1/compare?forecast=CMP_FORECAST:*.FRA.co2&actual=CMP_ACTUAL:FRA.co2")
        .then()
        .body(
            equalTo("horizon,n,bias,mae,mape,zeros\n1,2,0.0,10.0,7.5,0\n2,1,-70.0,70.0,35.0,0\n"));
    client.create(
        "datasets/CMP_MONTHS",
        """
        {"name": "What came by month", "frequency": "M", "unknownCodes": "REJECT",
         "dimensions": [{"code": "region", "values": "regions"}]}
        """);
    client.push("CMP_MONTHS", "[{\"region\": \"FRA\", \"time\": \"2020-01\", \"value\": 10}]");
    String halfKnown =
        "forecast=CMP_FORECAST:*.FRA.co2&actual=CMP_MONTHS:FRA&frequency=A&aggregation=SUM";
    asked(halfKnown).statusCode(200).body("horizons", empty());
    asked(halfKnown + "&minCoverage=0.05").body("horizons.bias", contains(100.0f));
    asked("forecast=CMP_FORECAST:*.DEU.co2&actual=CMP_ACTUAL:DEU.co2")
        .statusCode(400)
        .body("errors.detail[0]", containsString("LATEST"));
    asked("forecast=CMP_FORECAST:2019.FRA.co2&actual=CMP_ACTUAL:FRA.co2").statusCode(400);
    asked("forecast=CMP_FORECAST:*.FRA.co2").statusCode(400).body("errors", hasSize(1));
  }

  @Test
  void unitsAreThoseOfTheFirst() throws Exception {
    client.create("indicators/cmp_gwh", "{\"name\": \"Energy\", \"unit\": {\"code\": \"GWH\"}}");
    client.create("indicators/cmp_mwh", "{\"name\": \"Energy\", \"unit\": {\"code\": \"MWH\"}}");
    client.create("indicators/cmp_t", "{\"name\": \"Coal\", \"unit\": {\"code\": \"T\"}}");
    client.yearly("CMP_UNITS", "region=regions", "indicator=indicators");
    client.push(
        "CMP_UNITS",
        """
        [{"region": "FRA", "indicator": "cmp_gwh", "time": "2018", "value": 2},
         {"region": "FRA", "indicator": "cmp_mwh", "time": "2018", "value": 3000},
         {"region": "FRA", "indicator": "cmp_t", "time": "2018", "value": 3000}]
        """);
    String query = "series=CMP_UNITS:FRA.cmp_gwh&series=CMP_UNITS:FRA.cmp_mwh";
    asked(query)
        .body("series.unit", contains("GWH", "GWH"))
        .body("series[1].value", contains(3.0f))
        .body("series[1].difference", contains(1.0f));
    asked(query + "&unit=MWH")
        .body("series.unit", contains("MWH", "MWH"))
        .body("series[1].difference", contains(1000.0f))
        .body("series[1].percent", contains(50.0f));
    asked("series=CMP_UNITS:FRA.cmp_gwh&series=CMP_UNITS:FRA.cmp_t")
        .statusCode(400)
        .body("errors.detail[0]", containsString("FRA.cmp_t"));
    asked("series=CMP_A:FRA.co2&series=CMP_UNITS:FRA.cmp_gwh").statusCode(400);
  }

  @Test
  void whatCannotBeComparedIsRefused() throws Exception {
    client.dataset("CMP_MONTHLY", "M", "YEAR", "region=regions", "indicator=indicators");
    client.push(
        "CMP_MONTHLY",
        "[{\"region\": \"FRA\", \"indicator\": \"co2\", \"time\": \"2018-01\", \"value\": 1}]");
    asked("series=CMP_A:FRA.co2&series=CMP_MONTHLY:FRA.co2")
        .statusCode(400)
        .body("errors.parameter", contains("series"));
    asked("series=CMP_A:FRA.co2").statusCode(400);
    asked("series=CMP_A:FRA.co2&series=NOWHERE:FRA.co2").statusCode(400);
    asked("series=CMP_A:FRA.co2&series=CMP_B:*.co2").statusCode(400);
    asked("series=CMP_A:FRA.co2&series=CMP_B:BRA.co2").statusCode(404);
    asked("series=CMP_A:FRA.co2&series=CMP_B:FRA.co2&limit=1")
        .statusCode(400)
        .body("errors.parameter", hasItem("limit"));
  }
}
