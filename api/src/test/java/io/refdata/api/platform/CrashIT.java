package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A load is killed with SIGKILL at a named point, the server or PostgreSQL, and must end as if
 * nothing had happened; so must an export. The points are held still from outside, by locks that
 * the load has to wait for there, so nothing in the platform knows of this test.
 */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class CrashIT {
  private static final int LINES = 20_000;
  private static final int REFUSED = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path home;

  private static KillablePlatform platform;

  /** Where a load can be held still, and by what. */
  enum Point {
    /** The body has arrived in part: there is no load yet, and none may appear. */
    RECEIVING(""),
    /** The file is being read: the first rejects wait for their table. */
    STAGING("lock table staging.reject in access exclusive mode"),
    /** All is staged, nothing merged: making partitions waits for its lock. */
    BETWEEN("select pg_advisory_xact_lock(20263, %1$d)"),
    /** The merge is under way: it waits for the dataset's lock. */
    MERGING("select ref.lock_topic(%1$d)"),
    /** The merge is committed: what tidies up waits. */
    AFTER_COMMIT("lock table curated.series in share update exclusive mode");

    private final String hold;

    Point(String hold) {
      this.hold = hold;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    platform = new KillablePlatform(home, Map.of("refdata.exports.lease", "PT3S"));
    platform.client().create("indicators/temperature", "{\"name\": \"Temperature\"}");
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aKilledServerGoesOnWithTheLoad(Point point) throws Exception {
    String dataset = "SERVER_" + point;
    int id = describe(dataset);
    CompletableFuture<Void> sending = interrupt(point, dataset, id, platform::killServer);
    platform.startServer();
    sending.cancel(true);
    assertWhole(point, dataset);
  }

  @ParameterizedTest
  @EnumSource(
      value = Point.class,
      names = {"STAGING", "BETWEEN", "MERGING", "AFTER_COMMIT"})
  void aKilledDatabaseLosesNothing(Point point) throws Exception {
    String dataset = "DATABASE_" + point;
    int id = describe(dataset);
    var unused =
        interrupt(
            point,
            dataset,
            id,
            () -> {
              platform.killDatabase();
              platform.startDatabase();
            });
    assertWhole(point, dataset);
  }

  @Test
  void aLoadThatTheServerHasEndedUnderTwiceIsStoppedUntilItIsRestarted() throws Exception {
    String dataset = "TWICE";
    int id = describe(dataset);
    interrupt(Point.MERGING, dataset, id, platform::killServer);
    try (Connection holder = platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(Point.MERGING.hold.formatted(id));
      platform.startServer();
      await(Point.MERGING, dataset);
      platform.killServer();
    }
    platform.startServer();
    String load =
        platform.answer("select id from raw.load where target = 'datasets/" + dataset + "'");
    JsonNode stopped = platform.client().ended(Long.parseLong(load));
    assertThat(stopped.get("state").asText()).as(stopped.toString()).isEqualTo("STOPPED");
    assertThat(stopped.get("message").asText())
        .isEqualTo(
            "The server ended 2 times while this load was MERGING. Restart it to try it again.");
    assertThat(platform.answer("select count(*) from curated.observation_" + id)).isEqualTo("0");
    platform.client().restart(Long.parseLong(load));
    assertWhole(Point.MERGING, dataset);
  }

  @Test
  void aKilledServerGoesOnWithTheExport() throws Exception {
    String dataset = "EXPORTED";
    describe(dataset);
    long load =
        platform
            .client()
            .send("into=datasets/" + dataset, BodyPublishers.ofString(csv()))
            .get("id")
            .asLong();
    platform.client().ended(load);
    try (Connection holder = platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table curated.series in access exclusive mode");
      HttpRequest order =
          HttpRequest.newBuilder(platform.client().address("exports"))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"dataset\": \"%s\", \"format\": \"csv\"}".formatted(dataset)))
              .build();
      assertThat(HttpClient.newHttpClient().send(order, BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
      awaitExport("RUNNING");
      platform.killServer();
    }
    platform.startServer();
    awaitExport("COMPLETED");
    JsonNode export = platform.client().get("exports").at("/items/0");
    assertThat(platform.answer("select tries from curated.export")).isEqualTo("2");
    assertThat(platform.client().text("exports/" + export.get("id").asLong() + "/file", "text/csv"))
        .isEqualTo(
            platform
                .client()
                .text(
                    "datasets/%s/observations?asOf=%s"
                        .formatted(dataset, export.get("asOf").asText()),
                    "text/csv"));
  }

  private static void awaitExport(String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> platform.answer("select state from curated.export").equals(state));
  }

  private static int describe(String dataset) throws Exception {
    platform
        .client()
        .create(
            "datasets/" + dataset,
            """
            {"name": "A dataset", "frequency": "H",
             "dimensions": [{"code": "indicator", "values": "indicators"}],
             "partitioning": {"interval": "YEAR"}}
            """);
    try (Connection connection = platform.connect()) {
      return Integer.parseInt(
          KillablePlatform.answer(
              connection, "select id from curated.dataset where code = '" + dataset + "'"));
    }
  }

  /** Sends the file, waits until the load is held at the point, and strikes. */
  private static CompletableFuture<Void> interrupt(
      Point point, String dataset, int id, Runnable strike) throws Exception {
    try (Connection holder = platform.connect()) {
      holder.setAutoCommit(false);
      if (!point.hold.isEmpty()) {
        try (Statement statement = holder.createStatement()) {
          statement.execute(point.hold.formatted(id));
        }
      }
      PlatformClient client = platform.client();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> send(client, dataset, point == Point.RECEIVING));
      await(point, dataset);
      strike.run();
      return sending;
    } catch (SQLException e) {
      // The holder's own connection ends with the database that is killed.
      return CompletableFuture.completedFuture(null);
    }
  }

  private static void send(PlatformClient client, String dataset, boolean neverEnding) {
    String parameters = "into=datasets/" + dataset + "&name=" + dataset;
    try {
      if (neverEnding) {
        PipedOutputStream half = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(half, 1 << 20);
        half.write(csv().substring(0, 100_000).getBytes(StandardCharsets.UTF_8));
        half.flush();
        client.send(parameters, BodyPublishers.ofInputStream(() -> body));
      } else {
        client.send(parameters, BodyPublishers.ofString(csv()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the load has come to the point. */
  private static void await(Point point, String dataset) throws Exception {
    String load = "select state from raw.load where target = 'datasets/" + dataset + "'";
    String waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename ="
            + " current_user";
    Instant deadline = Instant.now().plus(PATIENCE);
    try (Connection connection = platform.connect()) {
      while (Instant.now().isBefore(deadline)) {
        String state = KillablePlatform.answer(connection, load);
        boolean held = !KillablePlatform.answer(connection, waiting).equals("0");
        boolean there =
            switch (point) {
              case RECEIVING -> platform.holdsPartOfABody();
              case STAGING -> state.equals("STAGING") && held;
              case BETWEEN, MERGING -> state.equals("MERGING") && held;
              case AFTER_COMMIT -> state.equals("COMPLETED") && held;
            };
        if (there) {
          return;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      throw new AssertionError(
          point + " was not reached: " + KillablePlatform.answer(connection, load));
    }
  }

  /** Everything the file says is there, once, and what is refused is named, once. */
  private static void assertWhole(Point point, String dataset) throws Exception {
    PlatformClient client = platform.client();
    if (point == Point.RECEIVING) {
      assertThat(platform.holdsPartOfABody())
          .as("nothing is left of a body that did not arrive")
          .isFalse();
      assertThat(client.get("loads?limit=1").toString()).doesNotContain(dataset);
      client.load("into=datasets/" + dataset, BodyPublishers.ofString(csv()));
    } else {
      try (Connection connection = platform.connect()) {
        long load =
            Long.parseLong(
                KillablePlatform.answer(
                    connection,
                    "select id from raw.load where target = 'datasets/" + dataset + "'"));
        JsonNode ended = client.ended(load);
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(ended.at("/rows/inserted").asInt()).isEqualTo(LINES - REFUSED);
        assertThat(ended.at("/rows/rejected").asInt()).isEqualTo(REFUSED);
        assertThat(client.text("loads/" + load + "/rejects", "text/csv").lines())
            .hasSize(1 + REFUSED);
      }
    }
    assertThat(
            client
                .text("datasets/" + dataset + "/observations", "text/csv")
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst("^[^,]*,", "").replaceFirst(",A$", "")))
        .containsExactlyElementsOf(
            csv().lines().skip(1).filter(line -> !line.startsWith("unknown")).toList());
    JsonNode again = client.load("into=datasets/" + dataset, BodyPublishers.ofString(csv()));
    assertThat(again.at("/rows/unchanged").asInt()).isEqualTo(LINES - REFUSED);
  }

  private static String csv() {
    StringBuilder csv = new StringBuilder("indicator,time,value\n");
    Instant hour = Instant.parse("2000-01-01T00:00:00Z");
    for (int line = 0; line < LINES; line++) {
      csv.append(line % (LINES / REFUSED) == 0 ? "unknown" : "temperature")
          .append(',')
          .append(hour.plus(Duration.ofHours(line)))
          .append(',')
          .append(line * 0.5)
          .append('\n');
    }
    return csv.toString();
  }
}
