package io.refdata.api.observation;

import static io.refdata.api.observation.Co2.DATASETS;
import static io.refdata.api.observation.Co2.YEARLY;
import static io.refdata.api.observation.Co2.create;
import static io.refdata.api.observation.Co2.fill;
import static io.refdata.api.observation.Co2.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ArquillianTest
class DatasetIT {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P99999Y",
        "P12001M",
        "P2147483647Y",
        "PT9999999999H",
        "P0D",
        "-P1D",
        "P-1Y",
        "PT0S",
        "P1Y-1D"
      })
  void aDurationIsPositiveAndAtMostAThousandYears(String duration) {
    json()
        .body(
            """
            {"name": "Ages", "frequency": "A", "dimensions": [{"code": "region", "values": "regions"}],
             "partitioning": {"retention": "%1$s"}, "freshness": {"warnAfter": "%1$s"}}
            """
                .formatted(duration))
        .put(DATASETS + "AGES")
        .then()
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder("/partitioning/retention", "/freshness/warnAfter"));
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

  @Test
  void aDimensionFromBeforeItsNameWasReservedStays() throws SQLException {
    String older = YEARLY.replace("\"region\"", "\"coverage\"");
    json()
        .body(older)
        .put(DATASETS + "RESERVED_NAME")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItem("/dimensions/0/code"));
    create("RESERVED_NAME");
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (String table : List.of("dataset", "dataset_aud")) {
        statement.execute(
            "update curated.%s set dimension_codes[1] = 'coverage' where code = 'RESERVED_NAME'"
                .formatted(table));
      }
    }
    List<String> caches = json().get("/api/v1/database/caches").path("items.region");
    for (String cache : caches) {
      json()
          .delete("/api/v1/database/caches/" + URLEncoder.encode(cache, StandardCharsets.UTF_8))
          .then()
          .statusCode(204);
    }
    json()
        .header("If-Match", "*")
        .body(older.replace("P400D", "P500D"))
        .put(DATASETS + "RESERVED_NAME")
        .then()
        .statusCode(200)
        .body("dimensions.code", equalTo(List.of("coverage", "indicator")))
        .body("freshness.failAfter", equalTo("P500D"));
    json()
        .header("If-Match", "*")
        .body(older.replace("\"indicator\"", "\"missing\""))
        .put(DATASETS + "RESERVED_NAME")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItem("/dimensions/1/code"));
  }
}
