package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The headers of every answer, and the refusals of requests. */
@ArquillianTest
class AnswersIT {
  @Test
  void everyAnswerSaysWhatItTookAndForWhichRequest() {
    for (String path :
        List.of(
            "/api/v1/regions/FRA",
            "/api/v1/regions",
            "/api/v1/nothing",
            "/api/v2",
            "/health/live")) {
      Rest.request()
          .header("X-Request-Id", "id-7")
          .get(path)
          .then()
          .header("X-Request-Id", equalTo("id-7"))
          .header(
              "Server-Timing",
              org.hamcrest.Matchers.matchesPattern(
                  "total;dur=[\\d.]+, db;dur=[\\d.]+;desc=\"\\d+ statements?\", encode;dur=[\\d.]+,"
                      + " cache;desc=\"(hit|miss|bypass)\""));
    }
    Rest.request().get("/api/v1/regions/FRA").then().header("X-Request-Id", nullValue());
  }

  @Test
  void whatCannotBeDoneIsAProblemToo() {
    Rest.request()
        .get("/api/v2/regions")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("instance", equalTo("/api/v2/regions"));
    Rest.request()
        .get("/api/v1/castles")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .get("/api/v1/regions/a.b")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .get("/api/v1/regions/FRA/cities")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Rest.request()
        .post("/api/v1/regions")
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .header("Allow", containsString("GET"));
    Rest.request()
        .post("/api/v1/regions/FRA")
        .then()
        .statusCode(405)
        .header("Allow", not(containsString("POST")));
    Rest.request()
        .options("/api/v1/regions/FRA")
        .then()
        .statusCode(200)
        .header("Allow", allOf(containsString("PATCH"), not(containsString("POST"))));
    for (String nowhere : List.of("nope", "nope/X")) {
      Rest.request().post("/api/v1/" + nowhere).then().statusCode(404);
      Rest.request().delete("/api/v1/" + nowhere).then().statusCode(404);
    }
    Rest.request()
        .contentType("text/plain")
        .body("x")
        .put("/api/v1/regions/X")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    Rest.request()
        .contentType("application/json")
        .body("{}")
        .patch("/api/v1/regions/FRA")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    Rest.request()
        .options("/api/v1/regions")
        .then()
        .statusCode(200)
        .header("Allow", containsString("GET"));
  }

  @Test
  void whateverIsWrongIsNamed() {
    Rest.get(
            "facilities",
            "capacityMw",
            "about:3",
            "commissioned",
            "may",
            "region",
            "a.b",
            "colour",
            "red",
            "within",
            "",
            "bbox",
            "1,2,3",
            "limit",
            "1001",
            "sort",
            "owners",
            "after",
            "a",
            "after",
            "b")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/invalid"))
        .body(
            "errors.parameter",
            containsInAnyOrder(
                "capacityMw",
                "commissioned",
                "region",
                "colour",
                "within",
                "bbox",
                "limit",
                "sort",
                "after"));
    Rest.get("units", "within", "FRA")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("within")));
    String cursor = Rest.get("facilities", "limit", "1", "sort", "name").path("next");
    Rest.get("facilities", "limit", "1", "sort", "-name", "after", cursor)
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("after")));
    Rest.get("regions", "limit", "1", "sort", "name", "after", cursor).then().statusCode(400);
    Rest.get("facilities", "after", "nonsense")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("after")));
  }

  @Test
  void anItemThatIsKnownTakesNoStatement() {
    assertThat(Rest.statements(Rest.getAnew("regions/FRA"))).isEqualTo(1);
    Rest.get("regions/FRA");
    assertThat(Rest.statements(Rest.get("regions/FRA"))).isZero();
    assertThat(Rest.statements(Rest.getAnew("regions/FRA", "expand", "parent"))).isEqualTo(1);
  }
}
