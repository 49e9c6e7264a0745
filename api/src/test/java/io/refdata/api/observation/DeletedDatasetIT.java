package io.refdata.api.observation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The data of a deleted dataset is gone, and never answered by another of its code. */
@ArquillianTest
class DeletedDatasetIT {
  private static final String PATH = "/api/v1/datasets/AGAIN";

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void itsPastIsGoneAlsoWhenItsCodeIsGivenAgain() throws Exception {
    client.create("indicators/again", "{\"name\": \"Again\"}");
    client.dataset("AGAIN", "A", "DECADE", "indicator=indicators");
    String before = push(1);
    assertAnswers(200, before);
    given().header("If-Match", "*").delete(PATH + "?purge=true").then().statusCode(204);

    assertAnswers(410, before);
    given().get(PATH + "/observations").then().statusCode(404);
    given().get(PATH + "/observations?asOf=2001-01-01T00:00:00Z").then().statusCode(404);

    client.dataset("AGAIN", "A", "DECADE", "indicator=indicators");
    String after = push(2);
    assertAnswers(410, before);
    assertAnswers(200, after);
    given()
        .get(PATH + "/observations?asOf=" + after)
        .then()
        .body("series[0].value", equalTo(List.of(2.0f)));
    given()
        .contentType("application/json")
        .body("{\"asOf\": \"" + before + "\"}")
        .post(PATH + "/observations/query")
        .then()
        .statusCode(410)
        .body("detail", containsString("AGAIN"));
  }

  /** As if the server had ended between the merge and the end of the load. */
  @Test
  void whatALoadLeftInStagingIsDroppedThoughItsDatasetIsGone() throws Exception {
    client.create("indicators/again", "{\"name\": \"Again\"}");
    client.dataset("BRIEF", "A", "DECADE", "indicator=indicators");
    String file = "indicator,time,value\nagain,2020,1\n";
    long load =
        client.load("into=datasets/BRIEF", BodyPublishers.ofString(file)).get("id").asLong();
    String tidy = "select to_regclass('staging.load_%d_column') is null".formatted(load);
    PlatformForTests.await(tidy);
    given()
        .header("If-Match", "*")
        .delete("/api/v1/datasets/BRIEF?purge=true")
        .then()
        .statusCode(204);
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table staging.load_%d_column (col integer)".formatted(load));
    }
    client.dataset("NEXT", "A", "DECADE", "indicator=indicators");
    client.load("into=datasets/NEXT", BodyPublishers.ofString(file)); // has the server look
    PlatformForTests.await(tidy);
  }

  private static String push(int value) {
    return given()
        .contentType("application/json")
        .body("[{\"indicator\": \"again\", \"time\": \"2020\", \"value\": " + value + "}]")
        .post(PATH + "/observations")
        .then()
        .statusCode(200)
        .extract()
        .path("recordedAt");
  }

  private static void assertAnswers(int status, String asOf) {
    for (String path : List.of("/observations", "/series", "/series/again/vintages")) {
      assertThat(given().get(PATH + path + "?asOf=" + asOf).statusCode())
          .as(path + " as of " + asOf)
          .isEqualTo(status);
    }
  }
}
