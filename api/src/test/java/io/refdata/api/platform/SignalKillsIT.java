package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed with SIGKILL while a run of a signal is at work. The run is begun again, and
 * ends once, with all results in one revision, on record as if nothing had happened. {@code mvn
 * -Pcrash verify} runs it.
 */
@EnabledIfSystemProperty(named = "crash.rounds", matches = "[1-9]\\d*")
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class SignalKillsIT {
  private static final int DAYS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path home;

  private static KillablePlatform platform;

  /** Where a run is held still, by a lock that it waits for there. */
  enum Point {
    /** It reads its sources. */
    READING("access exclusive"),
    /** It writes its results, in a transaction that is open. */
    WRITING("share"),
    /** Its results are committed, its end is not. */
    ENDING("share");

    private final String mode;

    Point(String mode) {
      this.mode = mode;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    platform =
        new KillablePlatform(
            home, Map.of("refdata.signals.lease", "PT3S", "refdata.signals.every", "PT0.2S"));
    PlatformClient client = platform.client();
    client.create("indicators/price", "{\"name\": \"Price\"}");
    client.create("indicators/sum_1", "{\"name\": \"Sum\"}");
    client.dataset("PRICES", "D", "YEAR", "market=indicators");
    client.push(
        "PRICES",
        IntStream.range(0, DAYS)
            .mapToObj(
                i ->
                    "{\"market\": \"price\", \"time\": \"%s\", \"value\": %d}".formatted(day(i), i))
            .toList()
            .toString());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static String day(int number) {
    return java.time.LocalDate.of(2025, 1, 1).plusDays(number).toString();
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aKilledRunIsDoneOnceAndWhole(Point point) throws Exception {
    String target = "RESULTS_" + point;
    platform.client().dataset(target, "D", "YEAR", "market=indicators", "result=indicators");
    try (Connection holder = held("curated.series", point.mode)) {
      platform
          .client()
          .create(
              "signals/" + point,
              """
              {"name": "Signal", "into": "datasets/%s", "calculation": {"dataset": "PRICES", "key": "price",
               "frequencies": ["D"], "functions": [{"name": "sum", "n": 1}]}}
              """
                  .formatted(target));
      await("select exists (" + waits("curated.series") + ")");
      if (point == Point.ENDING) {
        try (Connection end = held("curated.signal_run", "share")) {
          holder.rollback();
          await("select exists (" + waits("curated.signal_run") + ")");
          await("select exists (%s)".formatted(written(target)));
          platform.killServer();
          end.rollback();
        }
      } else {
        platform.killServer();
        holder.rollback();
      }
    }
    assertThat(
            platform.answer("select state from curated.signal_run where signal = '" + point + "'"))
        .isEqualTo("RUNNING");
    platform.startServer();
    await("select not exists (select from curated.signal_run where state = 'RUNNING')");

    JsonNode runs = platform.client().get("signals/" + point + "/runs").path("items");
    assertThat(runs).hasSize(1);
    JsonNode run = runs.path(0);
    assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("COMPLETED");
    assertThat(run.path("rows").asInt()).as(run.toString()).isEqualTo(DAYS);
    assertThat(run.path("tries").asInt()).as(run.toString()).isGreaterThan(1);
    List<String> expected =
        IntStream.range(0, DAYS)
            .mapToObj(i -> "price.sum_1,price,sum_1,%s,%d.0,A".formatted(day(i), i))
            .toList();
    assertThat(
            platform
                .client()
                .text("datasets/" + target + "/observations", "text/csv")
                .lines()
                .skip(1))
        .containsExactlyElementsOf(expected);
    assertThat(
            platform.answer(
                "select string_agg(rev::text, ',') from (%s) r".formatted(written(target))))
        .isEqualTo(run.path("revision").asText());
  }

  private static String waits(String table) {
    return "select from pg_locks where relation = '%s'::regclass and not granted".formatted(table);
  }

  private static String written(String target) {
    return ("select r.rev from ref.revision r join curated.dataset d on d.id = r.topic"
            + " where d.code = '%s' and r.at is not null")
        .formatted(target);
  }

  private static Connection held(String table, String mode) throws SQLException {
    Connection holder = platform.connect();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("lock table %s in %s mode".formatted(table, mode));
    }
    return holder;
  }

  private static void await(String condition) {
    Awaitility.await().atMost(PATIENCE).until(() -> platform.answer(condition).equals("t"));
  }
}
