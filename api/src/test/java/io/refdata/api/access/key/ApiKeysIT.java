package io.refdata.api.access.key;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Keys as an operator makes and revokes them, and as a machine uses them. */
@ArquillianTest
class ApiKeysIT {
  private static final String KEYS = "/api/v1/access/keys";

  private static ValidatableResponse make(String body) {
    return given().contentType("application/json").body(body).post(KEYS).then();
  }

  private static ValidatableResponse make(String name, String roles) {
    return make(
        "{\"name\": \"%s\", \"roles\": [%s], \"expiresAt\": \"%s\"}"
            .formatted(name, roles, Instant.now().plus(Duration.ofDays(30))));
  }

  @Test
  void aKeyIsShownOnce() {
    String key =
        make("KEYS_ONCE", "\"loader\", \"reader\"")
            .statusCode(201)
            .header("Location", equalTo(KEYS + "/KEYS_ONCE"))
            .header("Cache-Control", "no-store")
            .body("key", matchesPattern("rdk_[A-Za-z0-9_-]{43}"))
            .body("roles", equalTo(List.of("reader", "loader")))
            .extract()
            .path("key");
    given()
        .get(KEYS + "/KEYS_ONCE")
        .then()
        .statusCode(200)
        .body("prefix", equalTo(key.substring(4, 12)))
        .body("usedAt", nullValue())
        .body("revokedAt", nullValue())
        .body("key", nullValue());
    make("KEYS_ONCE", "\"reader\"")
        .statusCode(409)
        .body("detail", containsString("a name is used once"));
  }

  @Test
  void aRevokedKeyStaysInTheList() {
    make("KEYS_REVOKED", "\"operator\"").statusCode(201);
    given().delete(KEYS + "/KEYS_REVOKED").then().statusCode(204);
    given().delete(KEYS + "/KEYS_REVOKED").then().statusCode(204);
    given()
        .get(KEYS + "?limit=1000")
        .then()
        .statusCode(200)
        .body("items.name", hasItem("KEYS_REVOKED"))
        .body("items.find { it.name == 'KEYS_REVOKED' }.revokedAt", notNullValue());
    given().delete(KEYS + "/KEYS_NOBODY").then().statusCode(404);
    given().get(KEYS + "/KEYS_NOBODY").then().statusCode(404);
  }

  @Test
  void theListHasPages() {
    make("KEYS_PAGE1", "\"reader\"").statusCode(201);
    make("KEYS_PAGE2", "\"reader\"").statusCode(201);
    String next =
        given().get(KEYS + "?limit=1").then().body("items", hasSize(1)).extract().path("next");
    given()
        .queryParam("limit", 1)
        .queryParam("after", next)
        .get(KEYS)
        .then()
        .statusCode(200)
        .body("items", hasSize(1));
    given().get(KEYS + "?after=x").then().statusCode(400);
    given().get(KEYS + "?sort=name").then().statusCode(400);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    make("{\"name\": \"a.b\", \"roles\": [\"reader\", \"king\", \"reader\"], \"expiresAt\":"
            + " \"2020-01-01T00:00:00Z\", \"x\": 1}")
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder("/name", "/roles/1", "/roles/2", "/expiresAt", "/x"));
    make("{}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/name", "/roles", "/expiresAt"));
    make("{\"name\": \"A\", \"roles\": [], \"expiresAt\": \"2999-01-01T00:00:00Z\"}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/roles", "/expiresAt"));
  }

  @Test
  void whatIsDoneIsOnRecord() {
    given()
        .contentType("application/json")
        .header("X-Request-Id", "keys-record-1")
        .header("X-Change-Reason", "for the nightly load")
        .body(
            "{\"name\": \"KEYS_RECORD\", \"roles\": [\"loader\"], \"expiresAt\": \"%s\"}"
                .formatted(Instant.now().plus(Duration.ofDays(1))))
        .post(KEYS)
        .then()
        .statusCode(201);
    String made = "items.find { it.requestId == 'keys-record-1' }.";
    given()
        .get("/api/v1/access/actions?action=ACCESS_KEYS&limit=1000")
        .then()
        .statusCode(200)
        .body(made + "method", equalTo("POST"))
        .body(made + "path", equalTo(KEYS))
        .body(made + "status", equalTo(201))
        .body(made + "reason", equalTo("for the nightly load"))
        .body("items.action", not(hasItem("MAINTENANCE")));
    given().get("/api/v1/access/actions?action=NONE").then().statusCode(400);
    given().get("/api/v1/access/actions?by=nobody-at-all").then().body("items", hasSize(0));
  }

  @Test
  void aKeyLetsInUntilItIsRevoked() {
    String wrong = "rdk_" + "x".repeat(43);
    given().auth().preemptive().oauth2(wrong).get("/api/v1/regions").then().statusCode(401);
    String key = make("KEYS_USED", "\"reader\"").statusCode(201).extract().path("key");
    given().auth().preemptive().oauth2(key).get("/api/v1/regions").then().statusCode(200);
    given().auth().preemptive().basic("me", key).get("/api/v1/regions").then().statusCode(200);
    given().delete(KEYS + "/KEYS_USED").then().statusCode(204);
    await()
        .until(
            () ->
                given().auth().preemptive().oauth2(key).get("/api/v1/regions").statusCode() == 401);
  }
}
