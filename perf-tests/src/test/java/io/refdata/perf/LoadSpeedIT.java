package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.Ports;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
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
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Loads through the real server, whose heap is 512 MiB, from the first byte of the body to the
 * planner's statistics, against PostgreSQL's own text {@code COPY} (what {@code psql \copy} sends)
 * of the same rows into an empty table of the same partitions and key. Both in one run.
 */
@SuppressWarnings("NullAway.Init")
class LoadSpeedIT {
  private static final Path API = Path.of("../api/target").toAbsolutePath().normalize();
  private static final int ROWS = Integer.getInteger("perf.load.rows", 100_000);
  private static final int PUSHES = 300;
  private static final int WARM_UP = 1_000;
  private static final int PUSHED = 100;

  @TempDir static Path directory;

  private static EmbeddedDatabase database;
  private static WildFlyServer server;
  private static PlatformClient client;

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedDatabase.startTemporary();
    server =
        WildFlyServer.start(
            new WildFlyServer.Settings(
                API.resolve("server"),
                directory.resolve("wildfly"),
                API.resolve("refdata.war"),
                Ports.free(),
                Ports.free(),
                "512m",
                Map.of(
                    "refdata.home", directory.resolve("data").toString(),
                    "refdata.db.url", database.url(),
                    "refdata.db.user", database.user(),
                    "refdata.db.password", database.password())));
    client = new PlatformClient(server.url());
    execute(
        "insert into ref.indicator (code, name) select 'PERF_' || i, 'Indicator ' || i from"
            + " generate_series(0, "
            + (SeriesFile.SERIES - 1)
            + ") i");
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  void loadsComeNearTheSpeedOfCopy() throws Exception {
    Path copied = SeriesFile.forCopy(directory.resolve("copy.csv"), ROWS);
    Path first = SeriesFile.forPlatform(directory.resolve("first.csv"), ROWS, 0);
    Path revised = SeriesFile.forPlatform(directory.resolve("revised.csv"), ROWS, 10);
    // Neither side pays for what is done once in a server's life.
    load("WARM", SeriesFile.forPlatform(directory.resolve("warm.csv"), 100_000, 0));
    copy(copied);
    double copySeconds = copy(copied);

    double firstSeconds = load("SPEED", first);
    double againSeconds = load("SPEED", first);
    double revisedSeconds = load("SPEED", revised);
    double copyAfterwards = copy(copied);

    double copySpeed = ROWS / ((copySeconds + copyAfterwards) / 2);
    System.out.printf(
        Locale.ROOT,
        "Loads of %,d rows, as parts of text COPY's speed (%,.0f rows/s, before and after): first"
            + " %.2f, nothing changed %.2f, a tenth revised %.2f%n",
        ROWS,
        copySpeed,
        ROWS / firstSeconds / copySpeed,
        ROWS / againSeconds / copySpeed,
        ROWS / revisedSeconds / copySpeed);
    assertThat(ROWS / firstSeconds / copySpeed).isGreaterThan(part("first"));
    assertThat(ROWS / againSeconds / copySpeed).isGreaterThan(part("again"));
    assertThat(ROWS / revisedSeconds / copySpeed).isGreaterThan(part("again"));
  }

  @Test
  void twiceTheRowsNeedNoMoreHeap() throws Exception {
    Path file = SeriesFile.forPlatform(directory.resolve("large.csv"), 2 * ROWS, 0);
    double seconds = load("LARGE", file);
    System.out.printf(Locale.ROOT, "%,d rows with a heap of 512 MiB: %.1f s%n", 2 * ROWS, seconds);
  }

  @Test
  void aPushToAnIdleDatasetIsQuick() throws Exception {
    describe("PUSHED");
    HttpClient http = HttpClient.newHttpClient();
    URI target = server.url().resolve("/api/v1/datasets/PUSHED/observations");
    double[] millis = new double[PUSHES];
    for (int i = -WARM_UP; i < PUSHES; i++) {
      StringBuilder rows = new StringBuilder("[");
      for (int row = 0; row < PUSHED; row++) {
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
      HttpResponse<String> answer = http.send(push, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    double p95 = millis[PUSHES * 95 / 100];
    System.out.printf(
        Locale.ROOT,
        "A push of %d observations: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
        PUSHED,
        millis[PUSHES / 2],
        p95,
        millis[PUSHES * 99 / 100]);
    assertThat(p95).isLessThan(Double.parseDouble(System.getProperty("perf.push.millis", "100")));
  }

  private static double part(String name) {
    return Double.parseDouble(System.getProperty("perf.load." + name, "0.05"));
  }

  private static void describe(String dataset) throws Exception {
    client.create(
        "datasets/" + dataset,
        """
        {"name": "Daily values", "frequency": "D", "partitioning": {"interval": "YEAR"},
         "dimensions": [{"code": "indicator", "values": "indicators"}]}
        """);
  }

  /** Seconds from the first byte of the body to the end of the last step, the statistics. */
  private static double load(String dataset, Path file) throws Exception {
    describe(dataset);
    long start = System.nanoTime();
    JsonNode load = client.load("into=datasets/" + dataset, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (!load.get("steps").toString().contains("analyze") && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(10_000_000);
      load = client.get("loads/" + load.get("id").asLong());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%s: %.2f s, %s%n", dataset, seconds, load.get("steps"));
    return seconds;
  }

  /** Seconds that it takes to copy a file into the empty table. */
  private static double copy(Path file) throws Exception {
    execute("drop schema if exists perf cascade");
    execute("create schema perf");
    execute(
        "create table perf.observation (like curated.observation including all) partition by range"
            + " (time)");
    int last = SeriesFile.FIRST.plusDays(ROWS / SeriesFile.SERIES).getYear();
    for (int year = SeriesFile.FIRST.getYear(); year <= last; year++) {
      execute(
          "create table perf.observation_%d partition of perf.observation for values from ('%1$d-01-01Z') to ('%d-01-01Z')"
              .formatted(year, year + 1));
    }
    try (Connection connection = database.dataSource().getConnection();
        InputStream in = Files.newInputStream(file)) {
      long start = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy perf.observation from stdin with (format csv)", in, 1 << 16);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
