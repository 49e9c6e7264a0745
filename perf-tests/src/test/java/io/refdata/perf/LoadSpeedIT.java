package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Compares loads through the real server with PostgreSQL's own text {@code COPY}, in one run. The
 * server has a heap of 512 MiB. A load is measured from the first byte of the body to the planner's
 * statistics. {@code COPY} writes the same rows, as {@code psql \copy} sends them, into an empty
 * table with the same partitions and key.
 */
@SuppressWarnings("NullAway.Init")
class LoadSpeedIT {
  private static final int ROWS = Scale.observations();
  private static final int PUSHES = 300;
  private static final int WARM_UP = 1_000;
  private static final int ROWS_PER_PUSH = 100;
  // A turn is four loads or copies of all rows.
  private static final int TURNS = 3;

  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start("512m");
    platform.addIndicators();
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static Path file(String name) {
    return platform.directory().resolve(name);
  }

  @Test
  void loadsComeNearTheSpeedOfCopy() throws Exception {
    Path copied = SeriesFile.forCopy(file("copy.csv"), ROWS);
    Path first = SeriesFile.forPlatform(file("first.csv"), ROWS, 0);
    Path revised = SeriesFile.forPlatform(file("revised.csv"), ROWS, 10);
    // Neither side should include the work of a server's first load.
    load("WARM", SeriesFile.forPlatform(file("warm.csv"), 100_000, 0));
    copy(copied);

    Ratio firstLoad = new Ratio("load-first", "rows/s");
    Ratio again = new Ratio("load-again", "rows/s");
    Ratio tenth = new Ratio("load-revised", "rows/s");
    for (int turn = 0; turn < TURNS; turn++) {
      double before = copy(copied);
      double firstSeconds = load("SPEED_" + turn, first);
      double againSeconds = load("SPEED_" + turn, first);
      double revisedSeconds = load("SPEED_" + turn, revised);
      double copySpeed = ROWS / ((before + copy(copied)) / 2);
      firstLoad.add(ROWS / firstSeconds, copySpeed);
      again.add(ROWS / againSeconds, copySpeed);
      tenth.add(ROWS / revisedSeconds, copySpeed);
    }
    Gate.measured(firstLoad.measurement());
    Gate.measured(again.measurement());
    Gate.measured(tenth.measurement());
  }

  @Test
  void twiceTheRowsNeedNoMoreHeap() throws Exception {
    Path file = SeriesFile.forPlatform(file("large.csv"), 2 * ROWS, 0);
    double seconds = load("LARGE", file);
    System.out.printf(Locale.ROOT, "%,d rows with a heap of 512 MiB: %.1f s%n", 2 * ROWS, seconds);
  }

  @Test
  void aPushToAnIdleDatasetIsQuick() throws Exception {
    platform.addDataset("PUSHED");
    HttpClient http = HttpClient.newHttpClient();
    URI target = platform.url().resolve("/api/v1/datasets/PUSHED/observations");
    double[] millis = new double[PUSHES];
    for (int i = -WARM_UP; i < PUSHES; i++) {
      StringBuilder rows = new StringBuilder("[");
      for (int row = 0; row < ROWS_PER_PUSH; row++) {
        rows.append(row == 0 ? "" : ",")
            .append(
                "{\"indicator\": \"%s\", \"time\": \"%s\", \"value\": %d.5}"
                    .formatted(
                        SeriesFile.code(row % 10),
                        SeriesFile.FIRST.plusDays((i + WARM_UP) + row / 10),
                        i));
      }
      HttpRequest push =
          HttpRequest.newBuilder(target)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(rows.append(']').toString()))
              .build();
      long start = System.nanoTime();
      HttpResponse<String> response = http.send(push, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    List<Double> turns = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      int each = PUSHES / TURNS;
      double[] sorted = Arrays.copyOfRange(millis, turn * each, (turn + 1) * each);
      Arrays.sort(sorted);
      turns.add(sorted[each * 95 / 100]);
    }
    Arrays.sort(millis);
    String all =
        String.format(
            Locale.ROOT,
            "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms of all",
            millis[PUSHES / 2],
            millis[PUSHES * 95 / 100],
            millis[PUSHES * 99 / 100]);
    Gate.measured(new Measurement("push-p95", turns, all, "", null));
  }

  /** Seconds from the first byte of the body to the end of the last step, the statistics. */
  private static double load(String dataset, Path file) throws Exception {
    platform.addDataset(dataset);
    long start = System.nanoTime();
    JsonNode load = platform.load(dataset, file);
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (!load.get("steps").toString().contains("analyze") && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(10_000_000);
      load = platform.client().get("loads/" + load.get("id").asLong());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%s: %.2f s, %s%n", dataset, seconds, load.get("steps"));
    return seconds;
  }

  /** Seconds to copy a file into the empty table. */
  private static double copy(Path file) throws Exception {
    platform.execute("drop schema if exists perf cascade");
    platform.execute("create schema perf");
    platform.execute(
        """
        create table perf.observation (
          time timestamptz not null, value double precision, dataset_id integer not null,
          series_id integer not null, rev integer not null, status "char" not null default 'A',
          primary key (dataset_id, series_id, time)) partition by range (time)\
        """);
    int last = SeriesFile.FIRST.plusDays(ROWS / SeriesFile.SERIES).getYear();
    for (int year = SeriesFile.FIRST.getYear(); year <= last; year++) {
      platform.execute(
          "create table perf.observation_%d partition of perf.observation for values from ('%1$d-01-01Z') to ('%d-01-01Z')"
              .formatted(year, year + 1));
    }
    try (Connection connection = platform.dataSource().getConnection();
        InputStream in = Files.newInputStream(file)) {
      long start = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy perf.observation from stdin with (format csv)", in, 1 << 16);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
