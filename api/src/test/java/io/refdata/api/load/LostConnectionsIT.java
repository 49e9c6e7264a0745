package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.StartFailed;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Loads whose connections are cut, by the loads' own statements and by those of the batch runtime:
 * what was acknowledged completes by itself. {@code -Dcut.loads=200} cuts among at least so many;
 * {@code -Dcut.seed=} repeats a run as far as can be.
 */
@ArquillianTest
class LostConnectionsIT {
  private static final int LOADS = Integer.getInteger("cut.loads", 12);
  private static final long SEED = Long.getLong("cut.seed", System.nanoTime() & 0xFFFF_FFFFL);
  private static final int DATASETS = 4;
  private static final int DAYS = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/cut", "{\"name\": \"An indicator\"}");
  }

  @Test
  void everyAcknowledgedLoadCompletesThoughConnectionsAreCutAllTheTime() throws Exception {
    System.out.printf("cut.seed=%d%n", SEED);
    for (int dataset = 0; dataset < DATASETS; dataset++) {
      dataset("CUT_" + dataset);
    }
    List<Long> acknowledged = new ArrayList<>();
    AtomicInteger cuts = new AtomicInteger();
    try (Connection connection = connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () ->
                  // A quick machine would otherwise be done before it has lost a connection or two.
                  IntStream.iterate(0, load -> load < LOADS || cuts.get() < LOADS, load -> load + 1)
                      .forEach(load -> send(load, acknowledged)));
      SplittableRandom random = new SplittableRandom(SEED);
      while (!sending.isDone() || !answer(connection, left("CUT_%")).equals("0")) {
        // Until all has been sent and a while longer: then it must end by itself.
        if (!sending.isDone() || cuts.get() < 2 * LOADS) {
          cuts.addAndGet(Integer.parseInt(answer(connection, CUT)));
        }
        LockSupport.parkNanos(random.nextInt(150) * 1_000_000L);
        if (sending.isDone()) {
          assertInTime(connection);
        }
      }
      sending.join();
      assertThat(cuts).hasValueGreaterThanOrEqualTo(LOADS);
      assertThat(acknowledged).isNotEmpty();
      for (long load : acknowledged) {
        assertThat(answer(connection, "select state from raw.load where id = " + load))
            .as("load %d, seed %d", load, SEED)
            .isEqualTo("COMPLETED");
      }
      System.out.printf(
          "%d loads acknowledged, %s connections cut, %s tries in vain%n",
          acknowledged.size(),
          cuts,
          answer(
              connection,
              "select sum(outages + failures) from raw.load where target like 'datasets/CUT_%'"));
      for (int dataset = 0; dataset < DATASETS; dataset++) {
        assertIsAsTheLastLoadSays(connection, "CUT_" + dataset);
      }
    }
  }

  private Instant deadline = Instant.MAX;

  private void assertInTime(Connection connection) throws SQLException {
    if (deadline.equals(Instant.MAX)) {
      deadline = Instant.now().plus(PATIENCE);
    }
    assertThat(Instant.now())
        .as(
            answer(
                connection,
                "select string_agg(l::text, E'\\n') from raw.load l where target like"
                    + " 'datasets/CUT_%' and state <> 'COMPLETED'"))
        .isBefore(deadline);
  }

  /** One of the platform's sessions, rather one that is at work. */
  private static final String CUT =
      """
      select count(pg_terminate_backend(pid))
        from (select pid from pg_stat_activity
               where application_name = 'refdata'
               order by (state <> 'idle' and random() < 0.8) desc, random()
               limit 1) one
      """;

  private static String left(String dataset) {
    return "select count(*) from raw.load where target like 'datasets/"
        + dataset
        + "' and state in ('RECEIVED', 'STAGING', 'MERGING')";
  }

  private void send(int load, List<Long> acknowledged) {
    try {
      long id =
          client
              .send(
                  "into=datasets/CUT_" + load % DATASETS,
                  BodyPublishers.ofString(file(DAYS, load + 1)))
              .get("id")
              .asLong();
      acknowledged.add(id);
    } catch (StartFailed e) {
      // Its own connection was cut: whoever sent it is told so.
      assertThat(e.getMessage()).containsPattern(": 50[03] ");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertIsAsTheLastLoadSays(Connection connection, String dataset)
      throws SQLException {
    String id = answer(connection, "select id from curated.dataset where code = '" + dataset + "'");
    assertThat(
            answer(
                connection,
                "select count(*) || ' ' || count(distinct value) from curated.observation_" + id))
        .isEqualTo(DAYS + " 1");
  }

  /** The writes of the batch runtime about a job: it can lose its connection at any of them. */
  @ParameterizedTest
  @ValueSource(strings = {"job_instance", "job_execution", "step_execution"})
  void aConnectionThatTheBatchRuntimeLosesHoldsNothingUp(String table) throws Exception {
    String dataset = "RUNTIME_" + table;
    dataset(dataset);
    List<Long> loads = new ArrayList<>();
    try (Connection holder = connect();
        Connection connection = connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table " + table + " in access exclusive mode");
      for (int load = 1; load <= 10; load++) {
        loads.add(sent(dataset, load));
      }
      Awaitility.await("a connection that waits")
          .atMost(PATIENCE)
          .until(() -> !answer(connection, CUT_WHO_WAITS).equals("0"));
      holder.rollback();
    }
    for (long load : loads) {
      JsonNode ended = ended(load);
      assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
    }
  }

  private static final String CUT_WHO_WAITS =
      """
      select count(pg_terminate_backend(pid))
        from pg_stat_activity
       where application_name = 'refdata' and wait_event_type = 'Lock' and wait_event = 'relation'
      """;

  @Test
  void manySmallLoadsTakeAFewJobsEachAtMost() throws Exception {
    dataset("MANY");
    int loads = 100;
    try (Connection connection = connect()) {
      int before = Integer.parseInt(answer(connection, LAST_JOB));
      List<Long> sent =
          IntStream.range(0, loads).parallel().mapToObj(load -> sent("MANY", load)).toList();
      for (long load : sent) {
        JsonNode ended = ended(load);
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
      }
      assertThat(Integer.parseInt(answer(connection, LAST_JOB)) - before)
          .isBetween(loads, 3 * loads);
      assertThat(
              answer(
                  connection,
                  "select count(*) from raw.load a join raw.load b on a.target = b.target and a.id"
                      + " < b.id and a.rev > b.rev where a.target = 'datasets/MANY'"))
          .as("in the order in which they came")
          .isEqualTo("0");
    }
  }

  private static final String LAST_JOB =
      "select coalesce(max(jobexecutionid), 0) from job_execution";

  @Test
  void aLoadIsTriedAgainWhenTheDiskWasFull() throws Exception {
    dataset("FULL");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create function staging.full_disk() returns trigger language plpgsql as
          $$begin raise exception 'could not extend file' using errcode = '53100'; end$$;
          create trigger full_disk before insert on staging.reject
             for each row execute function staging.full_disk()
          """);
      long load;
      try {
        load =
            client
                .send(
                    "into=datasets/FULL&maxRejectRatio=0.5",
                    BodyPublishers.ofString(file(10, 1) + "unknown,2000-01-01,1\n"))
                .get("id")
                .asLong();
        Awaitility.await("a message")
            .atMost(PATIENCE)
            .until(() -> !client.get("loads/" + load).get("message").isNull());
        assertThat(client.get("loads/" + load).get("message").asText())
            .isEqualTo(
                "While STAGING: The database lacks disk, memory or connections. It is tried"
                    + " again.");
      } finally {
        statement.execute("drop function staging.full_disk cascade");
      }
      JsonNode ended = ended(load);
      assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
      assertThat(ended.get("message").asText()).startsWith("Refused: 1 × ");
      assertThat(ended.at("/rows/rejected").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aLoadThatCannotSucceedStopsAndSaysWhy() throws Exception {
    dataset("BROKEN");
    long load = sent("BROKEN", 1);
    ended(load);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      Path payload =
          Path.of(System.getProperty("refdata.it.home"), "payloads")
              .resolve(
                  answer(
                      connection,
                      "select path from raw.payload where id = (select payload_id from raw.load"
                          + " where id = "
                          + load
                          + ")"));
      Path away = payload.resolveSibling(payload.getFileName() + ".away");
      Files.move(payload, away);
      statement.execute(
          "update raw.load set state = 'RECEIVED', finished_at = null where id = " + load);
      JsonNode ended = ended(load);
      assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("STOPPED");
      assertThat(ended.get("message").asText())
          .matches(
              "While STAGING: The service failed; it is logged under [0-9a-f-]{36}\\. It was tried"
                  + " 5 times\\. Restart it when the problem is solved\\.");
      Files.move(away, payload);
      io.restassured.RestAssured.given()
          .post("/api/v1/loads/" + load + "/restart")
          .then()
          .statusCode(202);
      assertThat(ended(load).get("state").asText()).isEqualTo("COMPLETED");
    }
  }

  /** A request may meet a connection that was cut: it is told to come again. */
  private JsonNode ended(long load) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return client.ended(load);
      } catch (StartFailed e) {
        assertThat(e.getMessage()).containsPattern(": 50[03] ");
        assertThat(Instant.now()).isBefore(end);
      }
    }
  }

  private long sent(String dataset, int value) {
    try {
      return client
          .send("into=datasets/" + dataset, BodyPublishers.ofString(file(2, value)))
          .get("id")
          .asLong();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void dataset(String code) throws Exception {
    client.dataset(code, "D", "YEAR", "indicator=indicators");
  }

  private static Connection connect() throws SQLException {
    return PlatformForTests.database().dataSource().getConnection();
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String file(int days, int value) {
    StringBuilder file = new StringBuilder("indicator,time,value\n");
    LocalDate first = LocalDate.of(2000, 1, 1);
    for (int day = 0; day < days; day++) {
      file.append("cut,").append(first.plusDays(day)).append(',').append(value).append('\n');
    }
    return file.toString();
  }
}
