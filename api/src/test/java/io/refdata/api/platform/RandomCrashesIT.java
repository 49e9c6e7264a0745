package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The crashes of {@link CrashIT} at random moments: of the server, PostgreSQL, or one after the
 * other, once or more often, while a load is received, staged, merged, tidied up after or resumed.
 * It must end like a load that nobody disturbed. {@code mvn -Pcrash verify} runs it; {@code
 * -Dcrash.rounds=} says how often, {@code -Dcrash.seed=} repeats a run.
 */
@EnabledIfSystemProperty(named = "crash.rounds", matches = "[1-9]\\d*")
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class RandomCrashesIT {
  private static final int DAYS = 6_000;
  private static final int SERIES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SEED =
      Long.getLong("crash.seed", System.nanoTime() & 0xFFFF_FFFFL).longValue();

  @TempDir static Path home;

  private static KillablePlatform platform;
  private static final Map<Mode, Outcome> UNDISTURBED = new EnumMap<>(Mode.class);
  private static final Map<Mode, Long> NANOS = new EnumMap<>(Mode.class);

  /** The mode in which the disturbed load is merged. */
  enum Mode {
    UPSERT,
    REPLACE
  }

  /** All that a load leaves behind, but for its number and its instants. */
  private record Outcome(
      String counts,
      String now,
      String before,
      String changes,
      String series,
      String vintages,
      String rejects) {}

  @BeforeAll
  static void loadUndisturbed() throws Exception {
    System.out.printf("crash.seed=%d%n", SEED);
    platform = new KillablePlatform(home);
    PlatformClient client = platform.client();
    for (int series = 0; series < SERIES; series++) {
      client.create("indicators/crash_" + series, "{\"name\": \"An indicator\"}");
    }
    // Once for the warmth: what takes longer than it will later on is no measure.
    for (int i = 0; i < 2; i++) {
      for (Mode mode : Mode.values()) {
        String dataset = "UNDISTURBED_" + mode + i;
        describe(dataset);
        long start = System.nanoTime();
        JsonNode load = client.load(parameters(dataset, mode), BodyPublishers.ofString(second()));
        NANOS.put(mode, System.nanoTime() - start);
        UNDISTURBED.put(mode, outcome(dataset, load));
      }
    }
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  static IntStream rounds() {
    return IntStream.rangeClosed(1, Integer.getInteger("crash.rounds", 0));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void aLoadKilledAtAnyMomentEndsLikeAnUndisturbedOne(int round) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + round);
    Mode mode = Mode.values()[random.nextInt(2)];
    String dataset = "CRASH_" + round;
    describe(dataset);
    PlatformClient client = platform.client();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                client.send(parameters(dataset, mode), BodyPublishers.ofString(second()));
              } catch (Exception e) {
                // The server may have died, or its database: then there is a load, or there is not.
              }
            });
    List<String> strikes = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 2 : 1;
    for (int strike = 0; strike < count; strike++) {
      long nanos = (long) (random.nextDouble() * 1.1 * NANOS.getOrDefault(mode, 0L));
      LockSupport.parkNanos(nanos);
      strikes.add("after %,d ms %s".formatted(nanos / 1_000_000, strike(random, dataset)));
    }
    sending.join();
    String what = "seed %d, round %d, %s, %s".formatted(SEED, round, mode, strikes);
    System.out.println(what);
    if (state(dataset).isEmpty()) {
      assertThat(platform.holdsPartOfABody()).as(what).isFalse();
      platform.client().send(parameters(dataset, mode), BodyPublishers.ofString(second()));
    }
    await(
        what + ": the end of the load",
        () -> !platform.client().get("loads/" + load(dataset)).get("finishedAt").isNull());
    JsonNode load = platform.client().get("loads/" + load(dataset));
    if (load.get("state").asText().equals("STOPPED")) {
      // The server was killed under it twice: it might have been the load that ended it.
      assertThat(load.get("message").asText()).as(what).startsWith("The server ended 2 times");
      platform.client().restart(load(dataset));
      load = platform.client().ended(load(dataset));
    }
    assertThat(load.get("state").asText()).as("%s: %s", what, load).isEqualTo("COMPLETED");
    await(what + ": nothing is left in staging", () -> leftInStaging().equals("0"));
    assertThat(outcome(dataset, load)).as(what).isEqualTo(UNDISTURBED.get(mode));
  }

  /** Kills one of them or both, starts them again, and says in which state that met the load. */
  private static String strike(SplittableRandom random, String dataset) throws SQLException {
    String met = state(dataset);
    String whom =
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            platform.killServer();
            platform.startServer();
            yield "the server";
          }
          case 2, 3 -> {
            platform.killDatabase();
            platform.startDatabase();
            yield "PostgreSQL";
          }
          default -> {
            platform.killDatabase();
            platform.killServer();
            platform.startDatabase();
            platform.startServer();
            yield "both";
          }
        };
    return whom + " while " + (met.isEmpty() ? "RECEIVING" : met);
  }

  private static String state(String dataset) throws SQLException {
    return platform.answer(ofDataset("state", dataset));
  }

  private static long load(String dataset) throws SQLException {
    return Long.parseLong(platform.answer(ofDataset("id", dataset)));
  }

  private static String ofDataset(String column, String dataset) {
    return "select %s from raw.load l join raw.payload p on p.id = l.payload_id where p.name = '%s'"
        .formatted("l." + column, dataset);
  }

  private static String leftInStaging() throws SQLException {
    return platform.answer(
        "select count(*) from pg_class where relnamespace = 'staging'::regnamespace"
            + " and relkind = 'r' and relname like 'load%'");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (StartFailed e) {
        // 503 while the server's connections are those to a PostgreSQL that is gone.
        assertThat(e.getMessage()).contains("503");
      }
      assertThat(Instant.now()).as("%s%n%s", what, platform.lastLines()).isBefore(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static String parameters(String dataset, Mode mode) {
    return "into=datasets/%s&name=%1$s&mode=%s&maxDeleteRatio=1".formatted(dataset, mode);
  }

  /** A dataset that has something in it already. */
  private static void describe(String dataset) throws Exception {
    PlatformClient client = platform.client();
    client.create(
        "datasets/" + dataset,
        """
        {"name": "A dataset", "frequency": "D", "partitioning": {"interval": "YEAR"},
         "dimensions": [{"code": "indicator", "values": "indicators"}]}
        """);
    JsonNode load = client.load("into=datasets/" + dataset, BodyPublishers.ofString(first()));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
  }

  private static Outcome outcome(String dataset, JsonNode load) throws Exception {
    PlatformClient client = platform.client();
    String observations = "datasets/" + dataset + "/observations";
    Instant before = Instant.parse(load.get("recordedAt").asText()).minusNanos(1_000);
    StringBuilder vintages = new StringBuilder();
    for (JsonNode item :
        client.get("datasets/" + dataset + "/series/crash_0/vintages").get("items")) {
      vintages.append(item.get("inserted")).append(' ').append(item.get("revised"));
      vintages.append(' ').append(item.get("deleted")).append(';');
    }
    return new Outcome(
        load.get("rows").toString(),
        client.text(observations, "text/csv"),
        client.text(observations + "?asOf=" + before, "text/csv"),
        client.text(observations + "?updatedAfter=" + before, "text/csv"),
        client.text("datasets/" + dataset + "/series?limit=1000", "application/json"),
        vintages.toString(),
        client.text("loads/" + load.get("id").asLong() + "/rejects", "text/csv"));
  }

  /** The first half of the time. */
  private static String first() {
    return file(0, DAYS / 2, 1, 0);
  }

  /**
   * A tenth of the first half revised and a part of it left out, the second half new, some lines
   * refused.
   */
  private static String second() {
    return file(DAYS / 10, DAYS, 10, 100);
  }

  private static String file(int from, int to, int revise, int refuse) {
    StringBuilder file = new StringBuilder("indicator,time,value\n");
    LocalDate start = LocalDate.of(2000, 1, 1);
    for (int series = 0; series < SERIES; series++) {
      for (int day = from; day < to; day++) {
        double value = series + day + (revise > 1 && day % revise == 0 ? 0.5 : 0);
        file.append(refuse > 0 && day % refuse == 0 ? "unknown" : "crash_" + series);
        file.append(',').append(start.plusDays(day)).append(',').append(value).append('\n');
        if (refuse > 0 && day % refuse == 1) {
          file.append("crash_").append(series).append(',').append(start.plusDays(day));
          file.append(",7\n");
        }
      }
    }
    return file.toString();
  }
}
