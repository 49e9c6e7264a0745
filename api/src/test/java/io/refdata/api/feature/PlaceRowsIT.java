package io.refdata.api.feature;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Rows about the places of facilities as a client sees them: cutoffs, caches, formats, faults. */
@ArquillianTest
class PlaceRowsIT {
  private static final String SETS = "/api/v1/feature-sets/";

  private final PlatformClient client = PlatformForTests.client();

  private void facility(String code, String region, String more) throws Exception {
    client.create(
        "facilities/" + code,
        "{\"name\": \"%s\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"%s\"}%s}"
            .formatted(code, region, more));
  }

  private static ValidatableResponse put(String code, String body) {
    return given().contentType("application/json").body(body).put(SETS + code).then();
  }

  private static ValidatableResponse rows(String address) {
    return given().urlEncodingEnabled(false).accept("application/json").get(address).then();
  }

  private static String item(String code, String member) {
    return "items.find {it.unique_id == '%s'}.%s".formatted(code, member);
  }

  private static void patch(String address, String body) {
    String tag = given().get(address).header("ETag");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", tag)
        .body(body)
        .patch(address)
        .then()
        .statusCode(200);
  }

  /** Islands in the southern Indian Ocean, where no other test puts a plant. */
  @Test
  void theRowsFollowFacilitiesAndRegionsAndStayForACutoff() throws Exception {
    facility(
        "PLACE_A",
        "ATF",
        ", \"fuel\": \"WIND\", \"capacityMw\": 3, \"latitude\": -49.35, \"longitude\": 70.2");
    facility(
        "PLACE_B",
        "FRA",
        ", \"fuel\": \"WIND\", \"capacityMw\": 5, \"latitude\": -49.3, \"longitude\": 69.5");
    facility("PLACE_C", "ATF", ", \"latitude\": -49.3, \"longitude\": 69.5");
    facility("PLACE_D", "ATF", "");
    put(
            "PLACE_ROWS",
            "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 100, \"fuels\": [\"WIND\", \"GAS\"]}")
        .statusCode(201);
    String address = SETS + "PLACE_ROWS/rows";
    rows(address)
        .statusCode(200)
        .body("kind", equalTo("GEO_ENRICHMENT"))
        .body(item("PLACE_A", "region"), equalTo("ATF"))
        .body(item("PLACE_A", "regionByPlace"), equalTo("ATF"))
        .body(item("PLACE_A", "regionDiffers"), equalTo(false))
        .body(item("PLACE_A", "distanceToRegionKm"), nullValue())
        .body(item("PLACE_A", "neighbours"), equalTo(2))
        .body(item("PLACE_A", "neighboursWithoutCapacity"), equalTo(1))
        .body(item("PLACE_A", "capacityMw_WIND"), equalTo(5.0f))
        .body(item("PLACE_A", "nearestKm_WIND"), equalTo(51.035f))
        .body(item("PLACE_B", "regionDiffers"), equalTo(true))
        .body(item("PLACE_D", "region"), equalTo("ATF"))
        .body(item("PLACE_D", "neighbours"), nullValue());
    rows(address).header("Server-Timing", containsString("cache;desc=\"hit\""));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    String asOf = rows(address + "?asOf=" + before).extract().asString();
    String cutoff = rows(address + "?format=csv&cutoff=" + before).extract().asString();
    assertThat(cutoff).contains("\nPLACE_A," + before + ",ATF,ATF,");

    patch("/api/v1/facilities/PLACE_B", "{\"capacityMw\": 7}");
    rows(address).body(item("PLACE_A", "capacityMw_WIND"), equalTo(7.0f));
    patch("/api/v1/facilities/PLACE_B", "{\"retired\": \"2001\"}");
    rows(address)
        .body(item("PLACE_A", "neighbours"), equalTo(1))
        .body(item("PLACE_A", "capacityMw_WIND"), equalTo(0.0f));
    patch("/api/v1/facilities/PLACE_B", "{\"region\": {\"code\": \"ATF\"}}");
    rows(address).body(item("PLACE_B", "regionDiffers"), equalTo(false));
    patch("/api/v1/regions/ATF", "{\"m49\": null}");
    rows(address)
        .body(item("PLACE_A", "regionByPlace"), nullValue())
        .body(item("PLACE_A", "regionDiffers"), nullValue());
    patch("/api/v1/regions/ATF", "{\"m49\": \"260\"}");
    rows(address).body(item("PLACE_A", "regionByPlace"), equalTo("ATF"));
    for (int bypass = 0; bypass < 2; bypass++) {
      var request = given().urlEncodingEnabled(false).accept("application/json");
      if (bypass == 1) {
        request = request.header("Cache-Control", "no-cache");
      }
      assertThat(request.get(address + "?asOf=" + before).asString()).isEqualTo(asOf);
      assertThat(request.get(address + "?format=csv&cutoff=" + before).asString())
          .isEqualTo(cutoff);
    }
  }

  @Test
  void allFormatsAndAddressesHaveThem() throws Exception {
    facility("PLACE_F", "FRA", ", \"fuel\": \"GAS\", \"latitude\": 48.86, \"longitude\": 2.35");
    given().header("If-Match", "*").delete(SETS + "geo-enrichment");
    put("geo-enrichment", "{\"version\": 100, \"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 50}")
        .statusCode(201);
    String address = "/api/v1/datasets/geo-enrichment";
    rows(address).statusCode(200).body("items.unique_id", hasItem("PLACE_F"));
    rows(SETS + "geo-enrichment/latest").body("items.unique_id", hasItem("PLACE_F"));
    rows(address + "?format=csv")
        .body(startsWith("unique_id,cutoff,region,regionByPlace,territory,regionDiffers,"));
    rows(address + "?format=ndjson").body(startsWith("{\"unique_id\":"));
    assertThat(given().get(address + "?format=parquet").asByteArray()).startsWith('P', 'A');
    assertThat(given().get(address + "?format=xlsx").asByteArray()).startsWith('P', 'K');
    rows(address + "?cutoff=1999-01-01T00:00:00Z").body("items.size()", equalTo(0));
  }

  @Test
  void faultsAreNamed() {
    put("PLACE_BAD", "{\"kind\": \"GEO_ENRICHMENT\", \"dataset\": \"X\", \"fuels\": [\"a b\"]}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/radiusKm", "/dataset", "/fuels"));
    put("PLACE_BAD", "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 1001, \"seaKm\": -1}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/radiusKm", "/seaKm"));
    put("PLACE_GOOD", "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 1}").statusCode(201);
    String address = SETS + "PLACE_GOOD/rows";
    rows(address + "?scale=zscore").statusCode(400).body("errors.parameter", hasItem("scale"));
    rows(address + "?radiusKm=5").statusCode(400);
    rows(address + "?cutoff=2999-01-01T00:00:00Z").statusCode(400);
    rows(address + "?asOf=2020-01-01T00:00:00Z&cutoff=2021-01-01T00:00:00Z")
        .statusCode(not(equalTo(200)));
  }
}
