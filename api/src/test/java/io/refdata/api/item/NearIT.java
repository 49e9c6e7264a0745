package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The neighbours of a place, as clients ask for them. */
@ArquillianTest
class NearIT {
  /** A place in the South Pacific, on the antimeridian. */
  private static final String PLACE = "-50,180";

  @BeforeAll
  static void plants() {
    plant("N_EAST", "WIND", "-50", "-179");
    plant("N_WEST", "WIND", "-50", "179");
    plant("N_HERE", "GAS", "-50", "-180");
    plant("N_NORTH", "GAS", "-47", "180");
    plant("N_NOWHERE", "GAS", null, null);
  }

  private static void plant(
      String code, String fuel, @Nullable String latitude, @Nullable String longitude) {
    Rest.put(
            "facilities/" + code,
            null,
            "{\"name\": \"Nearby\", \"kind\": \"POWER_PLANT\", \"fuel\": \"%s\", \"region\": {\"code\": \"NZL\"}, \"latitude\": %s, \"longitude\": %s}"
                .formatted(fuel, latitude, longitude))
        .then()
        .statusCode(201);
  }

  @Test
  void theNearestComeFirstWithTheirDistance() {
    JsonNode items =
        Rest.json(Rest.get("facilities", "q", "nearby", "near", PLACE, "radiusKm", "400"))
            .get("items");
    assertThat(Rest.codes(items)).containsExactly("N_HERE", "N_EAST", "N_WEST", "N_NORTH");
    assertThat(items.get(0).get("distanceKm").doubleValue()).isZero();
    assertThat(items.get(1).get("distanceKm").doubleValue())
        .isEqualTo(items.get(2).get("distanceKm").doubleValue())
        .isEqualTo(71.474);
    assertThat(items.get(3).get("distanceKm").doubleValue()).isEqualTo(333.585);
    assertThat(Rest.codes(Rest.walk("facilities", 1, "q", "nearby", "near", PLACE, "k", "3")))
        .containsExactly("N_HERE", "N_EAST", "N_WEST");
    assertThat(
            Rest.codes(
                Rest.walk(
                    "facilities",
                    2,
                    "q",
                    "nearby",
                    "near",
                    PLACE,
                    "radiusKm",
                    "100",
                    "fuel",
                    "WIND")))
        .containsExactly("N_EAST", "N_WEST");
    Rest.get(
            "facilities",
            "q",
            "nearby",
            "near",
            PLACE,
            "radiusKm",
            "400",
            "k",
            "2",
            "count",
            "exact")
        .then()
        .body("count.value", equalTo(2));
  }

  @Test
  void itComesInEachFormat() {
    Map<String, List<String>> asked =
        Map.of(
            "near",
            List.of(PLACE),
            "radiusKm",
            List.of("100"),
            "q",
            List.of("nearby"),
            "fields",
            List.of("code"));
    assertThat(Rest.get("text/csv", asked, "facilities").asString())
        .isEqualTo("code,distanceKm\nN_HERE,0.0\nN_EAST,71.474\nN_WEST,71.474\n");
    assertThat(Rest.get("application/x-ndjson", asked, "facilities").asString())
        .startsWith("{\"code\":\"N_HERE\",\"distanceKm\":0.0}\n{\"code\":\"N_EAST\"");
    JsonNode expanded =
        Rest.json(
            Rest.get("facilities", "near", PLACE, "k", "1", "expand", "region,emissionSources"));
    assertThat(expanded.at("/items/0/region/alpha2").textValue()).isEqualTo("NZ");
    assertThat(expanded.at("/items/0/distanceKm").doubleValue()).isZero();
  }

  @Test
  void whatMovesIsFoundWhereItIsAndWasFoundWhereItWas() {
    plant("N_MOVED", "WIND", "-55", "-170");
    assertThat(near("-55,-170")).containsExactly("N_MOVED");
    assertThat(near("-55,-175")).isEmpty();
    Response before = Rest.get("facilities/N_MOVED");
    String instant = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    Rest.patch("facilities/N_MOVED", Rest.tag(before), "{\"longitude\": -175}")
        .then()
        .statusCode(200);
    assertThat(near("-55,-170")).isEmpty();
    assertThat(near("-55,-175")).containsExactly("N_MOVED");
    assertThat(near("-55,-170", "asOf", instant)).containsExactly("N_MOVED");
    assertThat(near("-55,-175", "asOf", instant)).isEmpty();
    Rest.delete("facilities/N_MOVED", "*").then().statusCode(204);
    assertThat(near("-55,-175")).isEmpty();
  }

  private static List<String> near(String place, String... more) {
    List<String> asked = new ArrayList<>(List.of("near", place, "radiusKm", "50"));
    asked.addAll(List.of(more));
    return Rest.codes(Rest.walk("facilities", 50, asked.toArray(String[]::new)));
  }

  @Test
  void whatMeansNothingIsRefused() {
    refused("near", "near", PLACE);
    refused("near", "near", "north", "k", "1");
    refused("near", "near", "91,0", "k", "1");
    refused("near", "near", "0,181", "k", "1");
    refused("radiusKm", "near", PLACE, "radiusKm", "0");
    refused("radiusKm", "near", PLACE, "radiusKm", "30000");
    refused("radiusKm", "radiusKm", "3");
    refused("k", "near", PLACE, "k", "1001");
    refused("k", "k", "3");
    refused("sort", "near", PLACE, "k", "1", "sort", "name");
    refused("after", "near", PLACE, "k", "1", "after", "nonsense");
    Rest.get("regions", "near", PLACE, "k", "1")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("near"));
  }

  private static void refused(String parameter, String... asked) {
    Rest.get("facilities", asked)
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of(parameter)));
  }
}
