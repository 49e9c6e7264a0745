package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.Ports;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
 * Reads at saturation, each against what one would write by hand in the same server, by turns in
 * one run.
 */
@SuppressWarnings("NullAway.Init")
class ReadSpeedIT {
  private static final Path API = Path.of("../api/target").toAbsolutePath().normalize();
  private static final int FACILITIES = Integer.getInteger("perf.read.facilities", 1_000);
  private static final int ROWS = Integer.getInteger("perf.read.rows", 100_000);
  private static final int FEW_ROWS = 100_000;
  private static final int SECONDS = Integer.getInteger("perf.read.seconds", 1);
  private static final int TURNS = 3;
  private static final int WARM_UP = 3 * SECONDS;
  private static final String EXPANDED = "facilities?expand=region,organization,emissionSources";
  private static final String PAST_CACHES = "Cache-Control: no-cache";

  @TempDir static Path directory;

  private static EmbeddedDatabase database;
  private static WildFlyServer server;
  private static PlatformClient client;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

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
                "1g",
                Map.of(
                    "refdata.home", directory.resolve("data").toString(),
                    "refdata.db.url", database.url(),
                    "refdata.db.user", database.user(),
                    "refdata.db.password", database.password())));
    client = new PlatformClient(server.url());
    Plants.load(client, FACILITIES);
    describe("MANY");
    describe("FEW");
    execute(
        "insert into ref.indicator (code, name) select 'PERF_' || i, 'Indicator ' || i from"
            + " generate_series(0, "
            + (SeriesFile.SERIES - 1)
            + ") i");
    load("MANY", ROWS);
    load("FEW", FEW_ROWS);
    execute("vacuum analyze");
    deployRivals();
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  private static void describe(String dataset) throws Exception {
    client.create(
        "datasets/" + dataset,
        """
        {"name": "Daily values", "frequency": "D", "partitioning": {"interval": "YEAR"},
         "dimensions": [{"code": "indicator", "values": "indicators"}]}
        """);
  }

  private static void load(String dataset, int rows) throws Exception {
    Path file = SeriesFile.forPlatform(directory.resolve(dataset + ".csv"), rows, 0);
    JsonNode load = client.load("into=datasets/" + dataset, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
  }

  private static void deployRivals() throws Exception {
    Path war = directory.resolve("rival.war");
    RivalWar.write(
        war, Map.of("item.json", body("facilities/PLANT_7"), "page.json", body("facilities")));
    Path deployments = directory.resolve("wildfly/deployments");
    Files.copy(war, deployments.resolve("rival.war"));
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (!Files.exists(deployments.resolve("rival.war.deployed"))) {
      assertThat(Instant.now()).as(server.log().toString()).isBefore(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static byte[] body(String path) throws Exception {
    return get(path).body();
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(api(path)).header("Accept", "application/json").build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static URI api(String path) {
    return server.url().resolve("/api/v1/" + path);
  }

  private static URI rival(String path) {
    return server.url().resolve("/rival/" + path);
  }

  @Test
  void warmAnswersComeNearlyAsFastAsBytesFromMemory() throws Exception {
    assumeTrue(Wrk.isInstalled(), "wrk is not installed: nothing measured");
    for (String[] pair : new String[][] {{"facilities/PLANT_7", "item"}, {"facilities", "page"}}) {
      Wrk.rate(api(pair[0]), WARM_UP, "Accept: application/json");
      Wrk.rate(rival(pair[1]), WARM_UP);
      String tag = get(pair[0]).headers().firstValue("ETag").orElseThrow();
      Ratio warm = new Ratio("Warm " + pair[1] + ", to bytes from memory");
      Ratio known = new Ratio("Warm " + pair[1] + " with If-None-Match, to bytes from memory");
      for (int turn = 0; turn < TURNS; turn++) {
        double limit = Wrk.rate(rival(pair[1]), SECONDS);
        warm.add(Wrk.rate(api(pair[0]), SECONDS, "Accept: application/json"), limit);
        known.add(
            Wrk.rate(api(pair[0]), SECONDS, "Accept: application/json", "If-None-Match: " + tag),
            limit);
      }
      warm.assertAtLeast("perf.read.warm", 0.2);
      known.assertAtLeast("perf.read.warm", 0.2);
    }
  }

  @Test
  void aColdPageTakesNotMuchLongerThanAJoinByHand() throws Exception {
    assumeTrue(Wrk.isInstalled(), "wrk is not installed: nothing measured");
    JsonMapper mapper = new JsonMapper();
    assertThat(mapper.readTree(body(EXPANDED)).get("items"))
        .as("both sides say the same")
        .hasSameSizeAs(
            mapper
                .readTree(
                    HTTP.send(
                            HttpRequest.newBuilder(rival("join")).build(),
                            BodyHandlers.ofByteArray())
                        .body())
                .get("items"));
    Wrk.rate(rival("join"), WARM_UP);
    Wrk.rate(api(EXPANDED), WARM_UP, "Accept: application/json", PAST_CACHES);
    Ratio page = new Ratio("Uncached page of 50 expanded, time to that of a join by hand");
    for (int turn = 0; turn < TURNS; turn++) {
      double byHand = Wrk.rate(rival("join"), SECONDS);
      page.add(byHand, Wrk.rate(api(EXPANDED), SECONDS, "Accept: application/json", PAST_CACHES));
    }
    page.assertAtMost("perf.read.page", 10);
  }

  @Test
  void aYearOfASeriesTakesWhatItsStatementTakes() throws Exception {
    assumeTrue(Wrk.isInstalled(), "wrk is not installed: nothing measured");
    String year = "observations?key=PERF_500&from=1995-01-01&to=1995-12-31";
    int dataset = number("select id from curated.dataset where code = 'MANY'");
    int series =
        number("select id from curated.series where key = 'PERF_500' and dataset_id = " + dataset);
    URI byHand =
        rival(
            "series?dataset=%d&series=%d&from=1995-01-01T00:00:00Z&before=1996-01-01T00:00:00Z"
                .formatted(dataset, series));
    Wrk.rate(byHand, WARM_UP);
    Wrk.rate(api("datasets/MANY/" + year), WARM_UP, PAST_CACHES);
    Ratio plain = new Ratio("A year of a series, time to that of plain JDBC");
    Ratio growth = new Ratio("A year of a series, time to that in a small dataset");
    for (int turn = 0; turn < TURNS; turn++) {
      double jdbc = Wrk.rate(byHand, SECONDS);
      double many = Wrk.rate(api("datasets/MANY/" + year), SECONDS, PAST_CACHES);
      double few = Wrk.rate(api("datasets/FEW/" + year), SECONDS, PAST_CACHES);
      plain.add(jdbc, many);
      growth.add(few, many);
    }
    plain.assertAtMost("perf.read.series", 10);
    if (ROWS >= 365 * SeriesFile.SERIES) {
      System.out.println(growth);
    }
  }

  @Test
  void csvIsStreamedNearlyAsFastAsCopyOut() throws Exception {
    streamOut();
    Ratio csv = new Ratio("CSV of all observations, rows/s to COPY's");
    for (int turn = 0; turn < TURNS; turn++) {
      double copied = seconds(ReadSpeedIT::copyOut);
      csv.add(copied, seconds(ReadSpeedIT::streamOut));
    }
    csv.assertAtLeast("perf.read.csv", 0.05);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static double seconds(Action action) throws Exception {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static final String ROWS_OUT =
      "copy (select s.key, s.dimensions[1], o.time, o.value, o.status from curated.observation o"
          + " join curated.series s on s.id = o.series_id where o.dataset_id = (select id from"
          + " curated.dataset where code = 'MANY') limit 1000000) to stdout with (format csv)";

  private static void copyOut() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(ROWS_OUT, OutputStream.nullOutputStream());
    }
  }

  private static void streamOut() throws Exception {
    String limit = ROWS > 1_000_000 ? "?limit=1000000" : "";
    HttpRequest request =
        HttpRequest.newBuilder(api("datasets/MANY/observations" + limit))
            .header("Accept", "text/csv")
            .header("Cache-Control", "no-cache")
            .build();
    try (InputStream in = HTTP.send(request, BodyHandlers.ofInputStream()).body()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static int number(String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Two sides measured by turns; the median of their ratios is what counts. */
  private static final class Ratio {
    private final String what;
    private final double[] sides = new double[2 * TURNS];
    private final double[] ratios = new double[TURNS];
    private int turns;

    Ratio(String what) {
      this.what = what;
    }

    void add(double one, double other) {
      sides[2 * turns] = one;
      sides[2 * turns + 1] = other;
      ratios[turns++] = one / other;
    }

    private double median() {
      double[] sorted = ratios.clone();
      Arrays.sort(sorted);
      return sorted[TURNS / 2];
    }

    void assertAtLeast(String bound, double small) {
      System.out.println(this);
      assertThat(median()).as(what).isGreaterThanOrEqualTo(bound(bound, small));
    }

    void assertAtMost(String bound, double small) {
      System.out.println(this);
      assertThat(median()).as(what).isLessThanOrEqualTo(bound(bound, small));
    }

    private static double bound(String name, double small) {
      return Double.parseDouble(System.getProperty(name, Double.toString(small)));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %.2f (%s of %s)",
          what,
          median(),
          Arrays.toString(ratios),
          Arrays.toString(sides));
    }
  }
}
