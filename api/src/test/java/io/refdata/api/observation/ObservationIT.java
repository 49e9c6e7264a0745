package io.refdata.api.observation;

import static io.refdata.api.observation.Co2.DATASETS;
import static io.refdata.api.observation.Co2.create;
import static io.refdata.api.observation.Co2.fill;
import static io.refdata.api.observation.Co2.json;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.sql.SQLException;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

@ArquillianTest
class ObservationIT {
  @Test
  void anEmptyDatasetAnswersWithNoObservations() {
    create("EMPTY");
    json()
        .get(DATASETS + "EMPTY/observations")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("series", equalTo(List.of()))
        .body("next", nullValue());
    given()
        .accept("text/csv")
        .get(DATASETS + "EMPTY/observations")
        .then()
        .statusCode(200)
        .contentType("text/csv")
        .body(equalTo("key,region,indicator,time,value,status\n"));
    json().get(DATASETS + "EMPTY/series").then().statusCode(200).body("items", equalTo(List.of()));
    json().get(DATASETS + "NOWHERE/observations").then().statusCode(404);
    given().accept("image/png").get(DATASETS + "EMPTY/observations").then().statusCode(406);
  }

  @Test
  void observationsComeInEachFormAndInParts() throws SQLException {
    create("FILLED");
    fill("FILLED");
    String expected =
        """
        {"series":[{"key":"FRA.co2","dimensions":{"region":"FRA","indicator":"co2"},"unit":null,\
        "time":["2019","2020"],"value":[33.5,null],"status":["A","M"]}],"next":null}\
        """;
    String key = DATASETS + "FILLED/observations?key=FRA.*&from=2019";
    json().get(key).then().statusCode(200).body(equalTo(expected));
    given()
        .accept("application/json;q=0.5, text/csv")
        .get(key)
        .then()
        .contentType("text/csv")
        .body(
            equalTo(
                """
                key,region,indicator,time,value,status
                FRA.co2,FRA,co2,2019,33.5,A
                FRA.co2,FRA,co2,2020,,M
                """));
    given()
        .accept("application/x-ndjson")
        .get(DATASETS + "FILLED/observations?within=M49-155&to=2018-12-31")
        .then()
        .contentType("application/x-ndjson")
        .body(
            equalTo(
                """
                {"key":"DEU.co2","dimensions":{"region":"DEU","indicator":"co2"},"time":"2018","value":1.0E-7,"status":"A"}
                {"key":"FRA.co2","dimensions":{"region":"FRA","indicator":"co2"},"time":"2018","value":1.0,"status":"A"}
                """));
    json()
        .body("{\"key\": [\"FRA.\"], \"region\": [\"FRA\", \"DEU\"], \"from\": \"2019\"}")
        .post(DATASETS + "FILLED/observations/query")
        .then()
        .statusCode(200)
        .body(equalTo(expected));
    String next =
        json()
            .get(DATASETS + "FILLED/observations?limit=3")
            .then()
            .statusCode(200)
            .body("series.key", equalTo(List.of("DEU.co2", "FRA.co2")))
            .header("Link", containsString("limit=3"))
            .extract()
            .path("next");
    json()
        .get(DATASETS + "FILLED/observations?limit=3&after=" + next)
        .then()
        .body("series.time", equalTo(List.of(List.of("2019", "2020"))))
        .body("next", nullValue());
    json().get(DATASETS + "FILLED/observations?region=FRA&after=" + next).then().statusCode(400);
  }

  @Test
  void eachColumnOfAListOfSeriesHasANameOfItsOwn() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.yearly("BY_UNIT", "unit=units", "count=regions");
    client.push(
        "BY_UNIT", "[{\"unit\": \"MWH\", \"count\": \"FRA\", \"time\": \"2020\", \"value\": 1}]");
    given()
        .get(DATASETS + "BY_UNIT/series?format=csv")
        .then()
        .statusCode(200)
        .body(startsWith("key,unit,count,seriesUnit,first,last,seriesCount\nMWH.FRA,MWH,FRA,"));
    given().get(DATASETS + "BY_UNIT/series?format=parquet").then().statusCode(200);
  }

  @Test
  void aQuestionThatIsNotUnderstoodIsRefused() {
    create("ASKED");
    String url =
        DATASETS + "ASKED/observations?key=FRA&key=A.B!&from=2020-02-30&regoin=FRA&last=x&limit=0";
    json()
        .get(url)
        .then()
        .statusCode(400)
        .body(
            "errors.parameter",
            containsInAnyOrder("key", "key", "from", "regoin", "last", "limit"));
    json()
        .body("{\"regoin\": \"FRA\", \"to\": {}}")
        .post(DATASETS + "ASKED/observations/query")
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/regoin", "/to"));
  }

  @Test
  void seriesSayWhatTheyHold() throws SQLException {
    create("SERIES");
    fill("SERIES");
    json()
        .get(DATASETS + "SERIES/series?region=FRA,DEU&limit=1")
        .then()
        .statusCode(200)
        .body("items[0].key", equalTo("DEU.co2"))
        .body("items[0].dimensions.region", equalTo("DEU"))
        .body("items[0].first", equalTo("2018"))
        .body("items[0].last", equalTo("2019"))
        .body("items[0].count", equalTo(2))
        .body("next", not(nullValue()));
    json()
        .get(DATASETS + "SERIES/series?key=*.co2")
        .then()
        .body("items.count", equalTo(List.of(2, 3)));
  }
}
