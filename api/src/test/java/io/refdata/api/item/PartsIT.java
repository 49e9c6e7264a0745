package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners, identifiers and check digits, as they are written. */
@ArquillianTest
class PartsIT {
  private static final String PLANT =
      "{\"name\": \"Plant\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}%s}";

  @BeforeEach
  void ownersToReferTo() {
    Rest.put("organizations/W_ONE", null, "{\"name\": \"One\"}");
    Rest.put("organizations/W_TWO", null, "{\"name\": \"Two\"}");
  }

  @Test
  void ownersHaveSharesOfOneWhole() {
    String at = "facilities/W_OWNED";
    faultsOfOwners("[{\"organization\": {\"code\": \"W_ONE\"}, \"share\": 0}]", "/owners/0/share");
    faultsOfOwners(
        "[{\"organization\": {\"code\": \"W_ONE\"}, \"share\": 1.01}]", "/owners/0/share");
    faultsOfOwners("[{\"organization\": {\"code\": \"W_ONE\"}}]", "/owners/0/share");
    faultsOfOwners("[{\"share\": 1}]", "/owners/0/organization");
    faultsOfOwners("{\"W_ONE\": 1}", "/owners");
    faultsOfOwners(
        "[{\"organization\": {\"code\": \"W_ONE\"}, \"share\": 0.6}, {\"organization\": {\"code\":"
            + " \"W_TWO\"}, \"share\": 0.5}]",
        "/owners");
    faultsOfOwners(
        "[{\"organization\": {\"code\": \"W_ONE\"}, \"share\": 0.1}, {\"organization\": {\"code\":"
            + " \"W_ONE\"}, \"share\": 0.1}]",
        "/owners");
    String owners =
        ", \"owners\": [{\"organization\": {\"code\": \"W_TWO\"}, \"share\": 0.7},"
            + " {\"organization\": {\"code\": \"W_ONE\"}, \"share\": 0.3}]";
    String tag = Rest.tag(Rest.put(at, null, PLANT.formatted(owners)));
    Rest.get(at)
        .then()
        .statusCode(200)
        .body("owners.organization.code", equalTo(List.of("W_TWO", "W_ONE")))
        .body("owners.organization.name", equalTo(List.of("Two", "One")))
        .body("owners.share", equalTo(List.of(0.7f, 0.3f)));
    Rest.put(at, tag, PLANT.formatted(owners)).then().statusCode(200).header("ETag", equalTo(tag));
    Rest.delete("organizations/W_TWO", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("facilities/W_OWNED"));
    Rest.put(at, tag, PLANT.formatted("")).then().statusCode(200).body("owners", nullValue());
    Rest.delete(at, "*").then().statusCode(204);
  }

  private static void faultsOfOwners(String owners, String pointer) {
    Rest.put("facilities/W_UNOWNED", null, PLANT.formatted(", \"owners\": " + owners))
        .then()
        .statusCode(400)
        .body("errors.pointer", equalTo(List.of(pointer)));
  }

  @Test
  void identifiersAreMergedByScheme() {
    String at = "instruments/W_SHARE";
    Rest.put(
            at,
            null,
            "{\"name\": \"S\", \"identifiers\": {\"ISIN\": \"US0378331006\", \"MIC\": \"x\","
                + " \"A.B\": \"1\", \"RIC\": 7}}")
        .then()
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/identifiers/ISIN", "/identifiers/MIC", "/identifiers/A.B", "/identifiers/RIC"));
    Rest.put(
            at,
            null,
            "{\"name\": \"S\", \"identifiers\": {\"MIC\": \"XNAS\", \"ISIN\": \"US0378331005\"}}")
        .then()
        .statusCode(201);
    Rest.patch(at, "*", "{\"identifiers\": {\"MIC\": null, \"RIC\": \"AAPL.OQ\"}}")
        .then()
        .statusCode(200)
        .body("identifiers", equalTo(java.util.Map.of("ISIN", "US0378331005", "RIC", "AAPL.OQ")));
    assertThat(Rest.codes(Rest.walk("instruments", 10, "identifier", "RIC:AAPL.OQ,RIC:OTHER")))
        .containsExactly("W_SHARE");
    assertThat(Rest.walk("instruments", 10, "identifier", "MIC:AAPL.OQ")).isEmpty();
    Rest.get("instruments", "identifier", "AAPL")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItems("identifier"));
    Rest.patch(at, "*", "{\"identifiers\": null}")
        .then()
        .statusCode(200)
        .body("identifiers", nullValue());
    Rest.delete(at, "*").then().statusCode(204);
  }

  @Test
  void aLegalEntityIdentifierHasItsCheckDigits() {
    String right = SampleItems.lei("5493000IBP32UQZ0KL");
    assertThat(right).isEqualTo("5493000IBP32UQZ0KL24");
    Rest.put("organizations/W_LEI", null, "{\"name\": \"L\", \"lei\": \"5493000IBP32UQZ0KL25\"}")
        .then()
        .statusCode(400)
        .body("errors.pointer", equalTo(List.of("/lei")));
    Rest.put("organizations/W_LEI", null, "{\"name\": \"L\", \"lei\": \"" + right + "\"}")
        .then()
        .statusCode(201);
    Rest.delete("organizations/W_LEI", "*").then().statusCode(204);
  }
}
