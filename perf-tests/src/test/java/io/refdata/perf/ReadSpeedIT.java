package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Reads at saturation, each against what one would write by hand in the same server, by turns in
 * one run.
 */
@SuppressWarnings("NullAway.Init")
class ReadSpeedIT {
  private static final int FACILITIES = Integer.getInteger("perf.read.facilities", 1_000);
  private static final int ROWS = Integer.getInteger("perf.read.rows", 100_000);
  private static final int FEW_ROWS = 100_000;
  private static final int SECONDS = Integer.getInteger("perf.read.seconds", 1);
  private static final int WARM_UP = 3 * SECONDS;
  private static final String EXPANDED = "facilities?expand=region,organization,emissionSources";
  private static final String PAST_CACHES = "Cache-Control: no-cache";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ReadPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = ReadPlatform.start(FACILITIES, ROWS, FEW_ROWS);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static byte[] body(String path) throws Exception {
    return get(path).body();
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return platform.get(path);
  }

  private static URI api(String path) {
    return platform.api(path);
  }

  private static URI rival(String path) {
    return platform.rival(path);
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
      for (int turn = 0; turn < Ratio.TURNS; turn++) {
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
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
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
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
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
  void manyUsersAtOnceAreServedWithoutErrors() throws Exception {
    assumeTrue(Wrk.isInstalled(), "wrk is not installed: nothing measured");
    Mix mix = new Mix(platform, FACILITIES);
    mix.run(WARM_UP);
    Mix.Outcome outcome = mix.run(4 * SECONDS);
    System.out.println(outcome);
    assertThat(outcome.p95Millis())
        .isLessThan(Double.parseDouble(System.getProperty("perf.mix.millis", "10000")));
    assertThat(outcome.keptAnswers())
        .isGreaterThan(Double.parseDouble(System.getProperty("perf.mix.hits", "0.1")));
  }

  @Test
  void csvIsStreamedNearlyAsFastAsCopyOut() throws Exception {
    streamOut();
    Ratio csv = new Ratio("CSV of all observations, rows/s to COPY's");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
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
    try (Connection connection = platform.dataSource().getConnection()) {
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
    try (Connection connection = platform.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
