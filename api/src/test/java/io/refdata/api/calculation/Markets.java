package io.refdata.api.calculation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;

/** Some days of the price of oil, in a dataset of its own for each test. */
final class Markets {
  final PlatformClient client = PlatformForTests.client();

  void prepare() throws Exception {
    client.create("indicators/calc_oil", "{\"name\": \"Oil\"}");
    client.create("indicators/calc_gas", "{\"name\": \"Gas\"}");
  }

  void market(String dataset) throws Exception {
    client.dataset(dataset, "D", "YEAR", "market=indicators");
    load(
        dataset,
        """
        market,time,value
        calc_oil,2026-03-05,9
        calc_oil,2026-03-06,10
        calc_oil,2026-03-09,14
        calc_oil,2026-03-10,8
        calc_oil,2026-03-31,12
        calc_oil,2026-04-01,20
        calc_gas,2026-03-31,30
        """);
  }

  void load(String dataset, String csv) throws Exception {
    assertThat(
            client
                .load("into=datasets/" + dataset, BodyPublishers.ofString(csv))
                .path("state")
                .asText())
        .isEqualTo("COMPLETED");
  }

  static Response post(String body) {
    return given()
        .contentType("application/json")
        .accept("application/json")
        .body(body)
        .post("/api/v1/calculations");
  }

  static ValidatableResponse asked(String dataset, String members) {
    return post("{\"dataset\": \"%s\", \"key\": \"calc_oil\", %s}".formatted(dataset, members))
        .then();
  }
}
