package io.refdata.api.access.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The ends of tokens; that they are refused then, see {@code AccessIT}. */
@ArquillianTest
class EndingsIT {
  private static final String ENDINGS = "/api/v1/access/endings";

  private static ValidatableResponse end(String body) {
    return given().contentType("application/json").body(body).post(ENDINGS).then();
  }

  @Test
  void endingsAreListedAndOnRecordAsActions() {
    end("{\"subject\": \"endings-it\", \"reason\": \"stolen\"}")
        .statusCode(201)
        .body("subject", equalTo("endings-it"))
        .body("jti", nullValue())
        .body("at", notNullValue())
        .body("by", equalTo("anonymous"));
    end("{\"jti\": \"endings-it-1\"}").statusCode(201).body("reason", nullValue());
    given()
        .get(ENDINGS + "?limit=2")
        .then()
        .statusCode(200)
        .body("items.jti", hasItem("endings-it-1"))
        .body("items.find { it.subject == 'endings-it' }.reason", equalTo("stolen"));
    String next =
        given().get(ENDINGS + "?limit=1").then().body("items", hasSize(1)).extract().path("next");
    given()
        .queryParam("limit", 1)
        .queryParam("after", next)
        .get(ENDINGS)
        .then()
        .statusCode(200)
        .body("items", hasSize(1));
    given().get(ENDINGS + "?after=x").then().statusCode(400);
    given()
        .get("/api/v1/access/actions?action=ACCESS_ENDINGS")
        .then()
        .body("items[0].status", equalTo(201))
        .body("items[0].method", equalTo("POST"));
  }

  @Test
  void oneOfBothIsNeededAndAllFaultsAreNamed() {
    end("{}").statusCode(400).body("errors.pointer", containsInAnyOrder("/subject"));
    end("{\"subject\": \"a\", \"jti\": \"b\"}").statusCode(400);
    end("{\"subject\": 7, \"jti\": \"\", \"reason\": \"%s\", \"x\": 1}".formatted("r".repeat(201)))
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/subject", "/jti", "/reason", "/x"));
    end("[]").statusCode(400);
  }
}
