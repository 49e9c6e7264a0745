package io.refdata.api.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

@ArquillianTest
class IndexAdviceIT {
  private static final String INDEXES = "/api/v1/database/indexes";
  private static final String ADVICE = INDEXES + "/recommendations";

  @Test
  void eachIndexHasItsUseAndAVerdict() {
    given()
        .get(INDEXES)
        .then()
        .statusCode(200)
        .body("items.name", hasItem("facility_pkey"))
        .body("items.verdict", everyItem(in(List.of("USED", "UNUSED", "DUPLICATE", "INVALID"))))
        .body("items.find { it.name == 'facility_pkey' }.table", equalTo("ref.facility"))
        .body("items.find { it.name == 'facility_pkey' }.constraint", equalTo(true))
        .body("next", nullValue());
  }

  @Test
  void recommendationsAreLookedForOnRequest() {
    given().post(ADVICE).then().statusCode(200).body("hint", nullValue());
    given().get(ADVICE).then().statusCode(200).body("next", nullValue());
  }

  @Test
  void anUnknownRecommendationIsNotFound() {
    given().get(ADVICE + "/none").then().statusCode(404);
    for (String verb : List.of("apply", "adopt", "undo")) {
      given()
          .post(ADVICE + "/none/" + verb)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
  }

  @Test
  void aBodyThatWouldNotBeReadIsRefused() {
    for (String call : List.of("", "/none/apply", "/none/adopt", "/none/undo")) {
      given()
          .contentType("application/json")
          .body("{\"table\": \"ref.facility\"}")
          .post(ADVICE + call)
          .then()
          .statusCode(400)
          .body("errors.pointer", hasItem("/table"));
    }
  }

  @Test
  void anUnknownParameterIsRefused() {
    given().get(INDEXES + "?table=x").then().statusCode(400);
    given().get(ADVICE + "?kind=x").then().statusCode(400);
  }
}
