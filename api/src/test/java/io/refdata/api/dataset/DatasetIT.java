package io.refdata.api.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.War;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

@ArquillianTest
class DatasetIT {
  private static final String DATASETS = "/api/v1/datasets/";

  /** A dataset of its own for each test, so that none depends on another. */
  private static final String YEARLY =
      """
      {"name": "CO2 and energy by country", "provider": "OWID", "frequency": "A", "unit": null,
       "dimensions": [{"code": "region", "values": "regions"},
                      {"code": "indicator", "values": "indicators"}],
       "freshness": {"warnAfter": "P40D", "failAfter": "P400D"}}
      """;

  @Deployment(testable = false)
  static WebArchive platform() {
    return War.built();
  }

  @Test
  void aDatasetReadsAsItWasPut() {
    create("READ_BACK");
    json()
        .get(DATASETS + "READ_BACK")
        .then()
        .statusCode(200)
        .header("ETag", matchesPattern("\"0-[0-9a-f]+\""))
        .body("code", equalTo("READ_BACK"))
        .body("name", equalTo("CO2 and energy by country"))
        .body("provider", equalTo("OWID"))
        .body("unit", nullValue())
        .body("dimensions.code", equalTo(List.of("region", "indicator")))
        .body("dimensions.values", equalTo(List.of("regions", "indicators")))
        .body("partitioning.interval", equalTo("DECADE"))
        .body("partitioning.premake", equalTo(1))
        .body("partitioning.retention", nullValue())
        .body("partitioning.onExpiry", equalTo("DETACH"))
        .body("freshness.warnAfter", equalTo("P40D"))
        .body("unknownCodes", equalTo("REJECT"));
  }

  @Test
  void aListIsPagedByKey() {
    create("PAGE_A");
    create("PAGE_B");
    List<String> codes = new ArrayList<>();
    String next = null;
    do {
      RequestSpecification page = json().queryParam("limit", 1);
      ValidatableResponse answer =
          (next == null ? page : page.queryParam("after", next))
              .get("/api/v1/datasets")
              .then()
              .statusCode(200);
      codes.addAll(answer.extract().jsonPath().getList("items.code", String.class));
      next = answer.extract().path("next");
      if (next != null) {
        answer.header("Link", containsString("after=" + next));
      }
    } while (next != null);
    assertThat(codes).contains("PAGE_A", "PAGE_B").isSorted().doesNotHaveDuplicates();
    json()
        .get("/api/v1/datasets?limti=1")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("limti"));
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    json()
        .body(
            """
            {"provider": "NOBODY", "frequency": "YEARLY", "colour": 1,
             "dimensions": [{"code": "region", "values": "planets"}, {"code": "time", "values": "regions"},
                            {"code": "gas", "values": "code-lists/NONE"}, {"code": "gas", "values": "units"}],
             "partitioning": {"interval": "EON", "premake": -1, "retention": "long"},
             "freshness": {"warnAfter": "PT1H", "failAfter": "P"}, "unknownCodes": "MAYBE"}
            """)
        .put(DATASETS + "FAULTY")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/name",
                "/provider",
                "/frequency",
                "/colour",
                "/dimensions/0/values",
                "/dimensions/1/code",
                "/dimensions/2/values",
                "/dimensions/3/code",
                "/partitioning/interval",
                "/partitioning/premake",
                "/partitioning/retention",
                "/freshness/failAfter",
                "/unknownCodes"))
        .body("errors.detail", hasItem("must be one of A, S, Q, M, W, D, H, N"));
  }

  @Test
  void aWriteMustSayWhichVersionItMeans() {
    String first = create("GUARDED").extract().header("ETag");
    json().body(YEARLY).put(DATASETS + "GUARDED").then().statusCode(428);
    json()
        .header("If-None-Match", "*")
        .body(YEARLY)
        .put(DATASETS + "GUARDED")
        .then()
        .statusCode(412);
    json()
        .header("If-Match", first)
        .body(YEARLY)
        .put(DATASETS + "GUARDED")
        .then()
        .statusCode(200)
        .header("ETag", equalTo(first));
    json()
        .header("If-Match", first)
        .body(YEARLY.replace("\"A\"", "\"M\""))
        .put(DATASETS + "GUARDED")
        .then()
        .statusCode(200)
        .body("frequency", equalTo("M"))
        .body("partitioning.interval", equalTo("YEAR"))
        .header("ETag", matchesPattern("\"1-[0-9a-f]+\""));
    json().header("If-Match", first).delete(DATASETS + "GUARDED").then().statusCode(412);
    json().delete(DATASETS + "GUARDED").then().statusCode(428);
    json().header("If-Match", "*").delete(DATASETS + "GUARDED").then().statusCode(204);
    json().get(DATASETS + "GUARDED").then().statusCode(404);
  }

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
  void aQuestionThatIsNotUnderstoodIsRefused() {
    create("ASKED");
    String url =
        DATASETS + "ASKED/observations?key=FRA&key=A.B!&from=2020-02-30&regoin=FRA&last=1&limit=0";
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

  @Test
  void aDatasetInUseIsDeletedOnlyWithItsObservations() throws SQLException {
    create("USED");
    fill("USED");
    json().header("If-Match", "*").delete(DATASETS + "USED").then().statusCode(409);
    json()
        .header("If-Match", "*")
        .body(YEARLY.replace("\"A\"", "\"M\""))
        .put(DATASETS + "USED")
        .then()
        .statusCode(409);
    json().header("If-Match", "*").delete(DATASETS + "USED?purge=true").then().statusCode(204);
    json().get(DATASETS + "USED/observations").then().statusCode(404);
    create("USED");
  }

  private static RequestSpecification json() {
    return given()
        .contentType("application/json")
        .accept("application/json")
        .urlEncodingEnabled(false);
  }

  private static ValidatableResponse create(String code) {
    json().body("{\"name\": \"Our World in Data\"}").put("/api/v1/providers/OWID");
    json().body("{\"name\": \"CO2\"}").put("/api/v1/indicators/co2");
    return json()
        .body(YEARLY)
        .put(DATASETS + code)
        .then()
        .statusCode(201)
        .header("Location", containsString("/datasets/" + code));
  }

  /** Three years of France, two of Germany. */
  private static void fill(String dataset) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          do $$
          declare
            d integer := (select id from curated.dataset where code = '%s');
            r integer;
          begin
            r := ref.open_revision(d, 'test', null);
            perform curated.attach_partition(d, '2010-01-01Z');
            perform curated.attach_partition(d, '2020-01-01Z');
            insert into curated.series (dataset_id, rev, key, dimensions, first, last) values
              (d, r, 'DEU.co2', array['DEU', 'co2'], '2018-01-01Z', '2019-01-01Z'),
              (d, r, 'FRA.co2', array['FRA', 'co2'], '2018-01-01Z', '2020-01-01Z');
            insert into curated.observation (dataset_id, series_id, rev, time, value, status)
            select d, s.id, r, make_timestamptz(v.year, 1, 1, 0, 0, 0, 'UTC'), v.value, v.status::"char"
              from (values ('DEU.co2', 2018, 1e-7, 'A'), ('DEU.co2', 2019, 2, 'A'),
                           ('FRA.co2', 2018, 1, 'A'), ('FRA.co2', 2019, 33.5, 'A'), ('FRA.co2', 2020, null, 'M'))
                   as v (key, year, value, status)
              join curated.series s on s.dataset_id = d and s.key = v.key;
          end
          $$
          """
              .formatted(dataset));
    }
  }
}
