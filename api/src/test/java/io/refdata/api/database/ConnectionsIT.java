package io.refdata.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.settings.Setting;
import io.restassured.RestAssured;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The pool of connections at its limit, and given back by who goes away. */
@ArquillianTest
class ConnectionsIT {
  private static final int POOL = 20;
  private static final int LISTS = (int) Setting.LISTS_AT_A_TIME.number();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void listsThatTakeAllTheirTurnsAreRefusedAndItemsAreReadAsBefore() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("lock table ref.provider in access exclusive mode");
      for (int i = 0; i < LISTS; i++) {
        waiting.add(http.sendAsync(providers(), BodyHandlers.ofString()));
      }
      PlatformForTests.await(
          "select count(*) = "
              + LISTS
              + " from pg_stat_activity where wait_event_type = 'Lock' and query like"
              + " '%ref.provider%'");
      HttpResponse<String> refused =
          http.send(
              HttpRequest.newBuilder(uri("/api/v1/units"))
                  .header("Cache-Control", "no-cache")
                  .build(),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      given().header("Cache-Control", "no-cache").get("/api/v1/regions/FRA").then().statusCode(200);
      given().get("/api/v1/database/connections").then().statusCode(200);
      own.rollback();
    }
    for (CompletableFuture<HttpResponse<String>> answer : waiting) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    given().header("Cache-Control", "no-cache").get("/api/v1/units").then().statusCode(200);
  }

  /** As after a failover: every session of the pool is gone, and nobody was told. */
  @Test
  void afterAllIdleSessionsWereEndedRequestsAreAnswered() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    String sessions = " from pg_stat_activity where application_name = 'refdata'";
    PlatformForTests.await(
        "select count(*) >= 3 and every(state = 'idle' and state_change < now() - interval '%d ms')"
                .formatted(2 * Setting.POOL_IDLE_VALIDATION.number())
            + sessions);
    PlatformForTests.await("select every(pg_terminate_backend(pid, 10000))" + sessions);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      answers.add(http.sendAsync(providers(), BodyHandlers.ofString()));
      answers.add(http.sendAsync(provider("ENDED_" + i), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).as(answer.get().body()).isLessThan(300);
    }
    given()
        .get("/api/v1/database/connections")
        .then()
        .statusCode(200)
        .body("pool.connections.state", hasItem("IDLE"))
        .body("pool.connections.pid", everyItem(greaterThan(0)))
        .body("pool.connections.borrowed", everyItem(greaterThan(0)));
  }

  @Test
  void readsDoNotWaitForWritersThatWait() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    String few =
        "select count(*) = 4 from pg_stat_activity where application_name = 'refdata' and"
            + " wait_event = 'advisory'";
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("select ref.lock_topic(0)");
      for (int i = 0; i < 3 * POOL; i++) {
        waiting.add(http.sendAsync(provider("WAITS_" + i), BodyHandlers.ofString()));
      }
      PlatformForTests.await(few);
      given().header("Cache-Control", "no-cache").get("/api/v1/units").then().statusCode(200);
      PlatformForTests.await(few);
      own.rollback();
    }
    for (CompletableFuture<HttpResponse<String>> answer : waiting) {
      assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
    }
  }

  @Test
  void pushesDoNotQueueForADatasetThatALoadHolds() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    PlatformClient client = PlatformForTests.client();
    client.create("indicators/PUSHED", "{\"name\": \"Pushed\"}");
    for (String dataset : List.of("PUSHED_HELD", "PUSHED_FREE")) {
      client.yearly(dataset, "indicator=indicators");
    }
    List<CompletableFuture<HttpResponse<String>>> told = new ArrayList<>();
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute(
          "select ref.lock_topic((select id from curated.dataset where code = 'PUSHED_HELD'))");
      for (int i = 0; i < 4 * POOL; i++) {
        told.add(http.sendAsync(push("PUSHED_HELD"), BodyHandlers.ofString()));
      }
      HttpResponse<String> other = http.send(push("PUSHED_FREE"), BodyHandlers.ofString());
      assertThat(other.statusCode()).as(other.body()).isEqualTo(200);
      // Four at a time, each for two seconds, they would wait for 40.
      CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(told).allMatch(answer -> answer.join().statusCode() == 503);
      own.rollback();
    }
  }

  private static HttpRequest push(String dataset) {
    return HttpRequest.newBuilder(uri("/api/v1/datasets/" + dataset + "/observations"))
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                "[{\"indicator\": \"PUSHED\", \"time\": \"2019\", \"value\": 1}]"))
        .build();
  }

  private static HttpRequest provider(String code) {
    return HttpRequest.newBuilder(uri("/api/v1/providers/" + code))
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString("{\"name\": \"Waits\"}"))
        .build();
  }

  private static HttpRequest providers() {
    return HttpRequest.newBuilder(uri("/api/v1/providers"))
        .header("Cache-Control", "no-cache")
        .build();
  }

  private static URI uri(String path) {
    return URI.create("%s:%d%s".formatted(RestAssured.baseURI, RestAssured.port, path));
  }

  @Test
  void aQueryEndsWhenItsClientGoesAway() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.create("indicators/LONG", "{\"name\": \"Long\"}");
    client.create(
        "datasets/LONG",
        """
        {"name": "Long", "frequency": "H", "partitioning": {"interval": "CENTURY"},
         "dimensions": [{"code": "indicator", "values": "indicators"}]}
        """);
    StringBuilder csv = new StringBuilder("indicator,time,value\n");
    Instant hour = Instant.parse("1950-01-01T00:00:00Z");
    for (int i = 0; i < 300_000; i++) {
      csv.append("LONG,").append(hour.plus(Duration.ofHours(i))).append(',').append(i).append('\n');
    }
    assertThat(
            client
                .load("into=datasets/LONG", BodyPublishers.ofString(csv.toString()))
                .get("state")
                .textValue())
        .isEqualTo("COMPLETED");
    String reading =
        "from pg_stat_activity where application_name = 'refdata' and xact_start is not null and"
            + " query like '%curated.observation%'";
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setReceiveBufferSize(1 << 12);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /api/v1/datasets/LONG/observations HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
      PlatformForTests.await("select count(*) = 1 " + reading);
    }
    PlatformForTests.await("select count(*) = 0 " + reading);
  }
}
