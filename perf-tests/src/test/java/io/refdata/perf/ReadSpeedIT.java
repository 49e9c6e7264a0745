package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Measures reads: at saturation, in turns with hand-written programs in the same server; at a
 * steady rate; and by their statements and blocks.
 */
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadSpeedIT {
  private static final int ROWS = Scale.observations();
  private static final int ROWS_PER_YEAR = 365 * SeriesFile.SERIES;
  private static final int SECONDS = Scale.seconds();
  private static final int WARM_UP = 3 * SECONDS;
  private static final int USERS = 500;
  private static final double SUSTAINED_MILLIS = 50;
  private static final String ITEM = "facilities/PLANT_7";
  private static final String PAGE = "facilities";
  private static final String EXPANDED = "facilities?expand=region,organization,emissionSources";
  private static final String YEAR = "observations?key=PERF_500&from=1995-01-01&to=1995-12-31";
  private static final String MANY_YEAR = "datasets/MANY/" + YEAR;
  private static final Wrk WRK = Wrk.with(32);
  private static final String JSON = "Accept: application/json";
  private static final String WITHOUT_CACHES = "Cache-Control: no-cache";

  private static ReadPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = ReadPlatform.start(Scale.facilities(), ROWS, Math.min(ROWS, ROWS_PER_YEAR));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  private static URI api(String path) {
    return platform.api(path);
  }

  private static URI rival(String path) {
    return platform.rival(path);
  }

  private static boolean canMeasure(String... ids) {
    if (!Wrk.isInstalled()) {
      Gate.cannotMeasure("wrk is not installed", ids);
    }
    return Wrk.isInstalled();
  }

  @Test
  void cachedReadsAreNearlyAsFastAsBytesFromMemory() throws Exception {
    if (canMeasure("warm-item", "warm-page", "not-modified-item", "not-modified-page")) {
      warm("item", ITEM);
      warm("page", PAGE);
    }
  }

  private static void warm(String name, String path) throws Exception {
    WRK.warmUp(api(path), WARM_UP, JSON);
    WRK.warmUp(rival(name), WARM_UP);
    String tag = platform.get(path).headers().firstValue("ETag").orElseThrow();
    Ratio warm = new Ratio("warm-" + name, "requests/s");
    Ratio notModified = new Ratio("not-modified-" + name, "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double limit = WRK.rate(rival(name), SECONDS);
      double rate = WRK.rate(api(path), SECONDS, JSON);
      warm.add(rate, limit);
      notModified.add(WRK.rate(api(path), SECONDS, JSON, "If-None-Match: " + tag), rate);
    }
    Gate.measured(warm.measurement());
    Gate.measured(notModified.measurement());
  }

  @Test
  void anUncachedPageTakesNotMuchLongerThanAJoinByHand() throws Exception {
    if (!canMeasure("page-by-hand")) {
      return;
    }
    JsonMapper mapper = new JsonMapper();
    HttpRequest byHand = HttpRequest.newBuilder(rival("join")).build();
    byte[] joined = HttpClient.newHttpClient().send(byHand, BodyHandlers.ofByteArray()).body();
    assertThat(mapper.readTree(platform.get(EXPANDED).body()).get("items"))
        .as("items of both sides")
        .hasSameSizeAs(mapper.readTree(joined).get("items"));
    WRK.warmUp(rival("join"), WARM_UP);
    WRK.warmUp(api(EXPANDED), WARM_UP, JSON, WITHOUT_CACHES);
    Ratio page = new Ratio("page-by-hand", "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double rate = WRK.rate(rival("join"), SECONDS);
      page.addRates(WRK.rate(api(EXPANDED), SECONDS, JSON, WITHOUT_CACHES), rate);
    }
    Gate.measured(page.measurement());
  }

  @Test
  void aYearOfASeriesIsNearlyAsFastAsItsStatement() throws Exception {
    if (!canMeasure("series-by-hand", "series-growth")) {
      return;
    }
    int dataset = manyDataset();
    int series =
        number("select id from curated.series where key = 'PERF_500' and dataset_id = " + dataset);
    URI byHand =
        rival(
            "series?dataset=%d&series=%d&from=1995-01-01T00:00:00Z&before=1996-01-01T00:00:00Z"
                .formatted(dataset, series));
    WRK.warmUp(byHand, WARM_UP);
    WRK.warmUp(api(MANY_YEAR), WARM_UP, WITHOUT_CACHES);
    Ratio plain = new Ratio("series-by-hand", "requests/s");
    Ratio growth = new Ratio("series-growth", "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double jdbc = WRK.rate(byHand, SECONDS);
      double many = WRK.rate(api(MANY_YEAR), SECONDS, WITHOUT_CACHES);
      double few = WRK.rate(api("datasets/FEW/" + YEAR), SECONDS, WITHOUT_CACHES);
      plain.addRates(many, jdbc);
      growth.addRates(many, few);
    }
    Gate.measured(plain.measurement());
    Gate.measured(growth.measurement());
  }

  @Test
  void uncachedReadsAreNearlyAsFastAsTheRivals() throws Exception {
    if (!canMeasure("item-to-rival", "page-to-rival", "series-to-rival")) {
      return;
    }
    try (Rival rival = platform.startRival(manyDataset())) {
      RivalReads reads = new RivalReads(platform, rival, WARM_UP, SECONDS);
      Gate.measured(reads.itemRates("item-to-rival", Scale.facilities()));
      Gate.measured(reads.rates("page-to-rival", EXPANDED));
      Gate.measured(reads.rates("series-to-rival", MANY_YEAR));
    }
  }

  @Test
  void aPastSeriesIsNearlyAsFastAsTheCurrentOne() throws Exception {
    if (canMeasure("past-series-to-current")) {
      PastSeriesReads reads = new PastSeriesReads(platform, SECONDS);
      Gate.measured(reads.rates("past-series-to-current", MANY_YEAR, WARM_UP));
    }
  }

  @Test
  void allItemsFitTheCache() throws Exception {
    if (canMeasure("distinct-items")) {
      Gate.measured(
          DistinctItems.rate("distinct-items", platform, Scale.facilities(), 2 * WARM_UP));
    }
  }

  /** Runs late, because it writes: rows that were updated leave blocks behind. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void cachedReadsAreAsFastBesideWrites() throws Exception {
    if (!canMeasure("beside-writes-items", "beside-writes-pages", "beside-writes-series")) {
      return;
    }
    BesideWrites reads = new BesideWrites(platform, SECONDS);
    Gate.measured(reads.rates("beside-writes-items", ITEM, WARM_UP));
    Gate.measured(reads.rates("beside-writes-pages", PAGE, WARM_UP));
    Gate.measured(reads.rates("beside-writes-series", MANY_YEAR, WARM_UP));
  }

  /** Runs last, because it writes, too. */
  @Test
  @Order(Integer.MAX_VALUE)
  void manyUsersAtOnceAreServedWithoutErrors() throws Exception {
    Mix mix = new Mix(platform, Scale.facilities());
    mix.run(USERS, 2 * WARM_UP);
    List<Mix.Outcome> turns = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      turns.add(mix.run(USERS, 2 * SECONDS));
    }
    Gate.measured(percentile("mix-p95", turns, 95));
    Gate.measured(percentile("mix-p99", turns, 99));
    Gate.measured(
        Measurement.of("mix-kept", turns.stream().mapToDouble(Mix.Outcome::responseCache)));
    Gate.measured(
        Measurement.of("mix-second-level", turns.stream().mapToDouble(Mix.Outcome::secondLevel)));
    Gate.measured(
        Measurement.of(
            "mix-held-rate", DoubleStream.of(mix.sustainedRate(SUSTAINED_MILLIS, SECONDS))));
  }

  private static Measurement percentile(String id, List<Mix.Outcome> turns, double percentile) {
    List<Double> slow = turns.stream().map(turn -> turn.latency().millis(percentile)).toList();
    Mix.Outcome last = turns.get(turns.size() - 1);
    return new Measurement(id, slow, "the last turn: " + last, "", last.latency());
  }

  @Test
  void pastSaturationAsMuchIsServedAsSoonAsAtIt() throws Exception {
    new Overload(platform, EXPANDED + "&limit=200", SECONDS).measure().forEach(Gate::measured);
  }

  @Test
  void slowReadersOfCsvLeavePointReadsAsTheyWere() throws Exception {
    if (canMeasure("slow-readers-rate", "slow-readers-p99")) {
      new BesideSlowReaders(platform, ITEM, SECONDS).measure(WARM_UP).forEach(Gate::measured);
    }
  }

  @Test
  void csvIsStreamedNearlyAsFastAsCopyOut() throws Exception {
    new StreamedCsv(platform, ROWS).measure("csv-copy", "csv-first-byte").forEach(Gate::measured);
  }

  @Test
  void parquetTakesLittleMoreTimeThanCsvAndAFractionOfItsBytes() throws Exception {
    new StreamedParquet(platform, ROWS)
        .measure("parquet-csv", "parquet-bytes")
        .forEach(Gate::measured);
  }

  @Test
  void calculationsAreAnsweredSoonAndFromTheCacheAtOnce() throws Exception {
    new CalculationSpeed(platform)
        .measure("calculation-cold", "calculation-kept")
        .forEach(Gate::measured);
  }

  @Test
  void rowsOfAFeatureSetAreWorkedOutWithinASecondAndKept() throws Exception {
    new FeatureSpeed(platform).measure("features-cold", "features-warm").forEach(Gate::measured);
  }

  @Test
  void readsAreAnsweredSoonAtASteadyRate() throws Exception {
    SteadyReads reads = new SteadyReads(platform);
    reads.latency("warm-item", ITEM, true, 200).forEach(Gate::measured);
    reads.latency("warm-page", PAGE, true, 200).forEach(Gate::measured);
    reads.latency("cold-page", EXPANDED, false, 50).forEach(Gate::measured);
    reads.latency("series", MANY_YEAR, false, 100).forEach(Gate::measured);
    reads.latency("past-item", platform.past(ITEM), false, 100).forEach(Gate::measured);
  }

  @Test
  void longResponsesTakeNoMoreStatementsThanShortOnes() throws Exception {
    AccessCosts costs = new AccessCosts(platform);
    Gate.measured(costs.statements("page-statements", EXPANDED));
    Gate.measured(costs.statements("long-page-statements", EXPANDED + "&limit=1000"));
    Gate.measured(costs.statements("past-page-statements", platform.past(EXPANDED)));
    Gate.measured(costs.statements("series-statements", MANY_YEAR));
  }

  @Test
  void responsesReadFewBlocks() throws Exception {
    AccessCosts costs = new AccessCosts(platform);
    Gate.measured(costs.blocks("item-blocks", ITEM));
    Gate.measured(costs.blocks("page-blocks", PAGE));
    Gate.measured(costs.blocks("past-item-blocks", platform.past(ITEM)));
    Gate.measured(costs.blocks("series-blocks", MANY_YEAR));
    Gate.measured(costs.blocks("unchanged-blocks", platform.changed("datasets/MANY/observations")));
  }

  @Test
  void repeatedRequestsAreAnsweredFromTheCache() throws Exception {
    CacheHits cached = new CacheHits(platform);
    List<String> items = IntStream.range(0, 25).mapToObj(i -> "facilities/PLANT_" + i).toList();
    Gate.measured(cached.hits("cached-items", items));
    Gate.measured(cached.hits("kept-lists", List.of(PAGE, EXPANDED, "regions", "units")));
    Gate.measured(cached.hits("kept-observations", List.of(MANY_YEAR, "datasets/FEW/" + YEAR)));
    Gate.measured(cached.hits("kept-past", items.stream().map(platform::past).toList()));
  }

  private static int manyDataset() throws Exception {
    return number("select id from curated.dataset where code = 'MANY'");
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
