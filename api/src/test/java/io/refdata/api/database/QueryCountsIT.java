package io.refdata.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformForTests;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Each call of a statement is counted once, whoever asks for the figures and how often. */
@ArquillianTest
class QueryCountsIT {
  private static final String NAME = "ItemRows.item";
  private static final int CALLS = 20;

  @Test
  void eachCallIsCountedOnce() throws Exception {
    PlatformForTests.client().create("units/COUNTED", "{\"name\": \"Counted\"}");
    read();
    long before = calls();
    for (int i = 0; i < CALLS; i++) {
      read();
      given().get("/api/v1/database/connections").then().statusCode(200);
    }
    given().get("/api/v1/database/queries/" + NAME).then().statusCode(200);
    assertThat(calls() - before).isEqualTo(CALLS);
  }

  @Test
  void noMeanIsBeyondTheLongestCall() {
    List<Map<String, Object>> all =
        given().get("/api/v1/database/queries?limit=1000").path("items");
    assertThat(all)
        .filteredOn(one -> one.get("meanMs") != null && one.get("maxMs") != null)
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(number(one, "meanMs"))
                    .as("%s", one)
                    .isLessThanOrEqualTo(number(one, "maxMs")));
  }

  private static void read() {
    given().header("Cache-Control", "no-cache").get("/api/v1/units/COUNTED").then().statusCode(200);
  }

  private static long calls() {
    Number calls =
        given()
            .get("/api/v1/database/queries?limit=1000")
            .path("items.find { it.name == '" + NAME + "' }.calls");
    return calls.longValue();
  }

  private static double number(Map<String, Object> one, String member) {
    return ((Number) Objects.requireNonNull(one.get(member))).doubleValue();
  }
}
