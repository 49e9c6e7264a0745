package io.refdata.api.health;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.Migrations;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

@ArquillianTest
class HealthIT {
  private static final int MORE_THAN_WORKERS = 80;
  private static final int QUESTIONS = 51;
  private static final double MILLIS = 1e6;
  private static final long VERSION = Migrations.version();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void readyMeansThatAllThatIsNeededIsThere() {
    get("/health/ready")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("status", equalTo("UP"))
        .body("checks.name", hasItems("database", "home", "schema", "application", "warm-up"));
  }

  /** The sampler looks at them soon after the start. */
  @Test
  void readinessSaysWhatItSaw() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                get("/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.name", hasItems("pool", "disk", "loads"))
                    .body("checks.find { it.name == 'pool' }.data.max", equalTo(48))
                    .body("checks.find { it.name == 'pool' }.data.ageSeconds", lessThan(60))
                    .body("checks.find { it.name == 'schema' }.data.version", equalTo(VERSION))
                    .body("checks.find { it.name == 'schema' }.data.needed", equalTo(VERSION))
                    .body("checks.find { it.name == 'disk' }.data.freeBytes", notNullValue())
                    .body("checks.find { it.name == 'loads' }.data.withoutProgress", equalTo(0)));
  }

  @Test
  void aLivingServerThatHasStartedSaysSo() {
    get("/health/live")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("checks", empty());
    get("/health/started").then().statusCode(200).body("status", equalTo("UP"));
    given().head("/health/live").then().statusCode(200);
    given()
        .post("/health/live")
        .then()
        .statusCode(405)
        .header("Allow", "GET, HEAD")
        .contentType("application/problem+json");
  }

  @Test
  void theOpenApiDescriptionIsServed() {
    get("/openapi?format=JSON").then().statusCode(200).body("openapi", equalTo("3.1.0"));
  }

  /**
   * Reads hang on a lock with all connections of the pool, and others wait for one with all
   * workers.
   */
  @Test
  void itWaitsNeitherForWorkersNorForConnections() throws Exception {
    try (Connection holder = PlatformForTests.database().dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table ref.region in access exclusive mode");
      List<CompletableFuture<Integer>> hanging =
          IntStream.range(0, MORE_THAN_WORKERS)
              .mapToObj(i -> ask("/api/v1/regions?limit=" + (i + 1)))
              .toList();
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < QUESTIONS; i++) {
        long start = System.nanoTime();
        assertThat(ask("/health/ready").get()).isEqualTo(200);
        assertThat(ask("/health/live").get()).isEqualTo(200);
        nanos.add(System.nanoTime() - start);
      }
      assertThat(hanging).as("are still waiting").anyMatch(each -> !each.isDone());
      holder.rollback();
      for (CompletableFuture<Integer> each : hanging) {
        assertThat(each.get()).isIn(200, 503);
      }
      nanos.sort(null);
      assertThat(nanos.get(QUESTIONS / 2) / MILLIS)
          .as("milliseconds, of two questions")
          .isLessThan(200);
    }
  }

  private CompletableFuture<Integer> ask(String path) {
    return http.sendAsync(
            HttpRequest.newBuilder(
                    URI.create("%s:%d%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
                .build(),
            BodyHandlers.discarding())
        .thenApply(response -> response.statusCode());
  }
}
