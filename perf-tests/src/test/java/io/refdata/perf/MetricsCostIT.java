package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.WildFlyServer;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Measures what metrics cost: those who are answered, and those who scrape. */
@SuppressWarnings("NullAway.Init")
class MetricsCostIT {
  private static final int FACILITIES = 1_000;
  private static final int SCRAPES = 20;
  private static final double MILLIS = 1e6;
  private static final String ITEM = "/api/v1/facilities/PLANT_7";
  private static final String JSON = "Accept: application/json";
  private static final Wrk WRK = Wrk.with(32);

  /** One of each kind that clients send often. */
  private static final List<String> KINDS =
      List.of(
          "facilities",
          "facilities/PLANT_7",
          "facilities/PLANT_7/history",
          "regions",
          "units",
          "regions/DEU/ancestors",
          "regions/DEU/descendants",
          "code-lists/FUEL/codes",
          "code-lists/FUEL/codes/GAS",
          "datasets",
          "datasets/NOT_THERE",
          "layouts",
          "loads",
          "changes?since=0",
          "database/caches",
          "database/connections",
          "payloads",
          "nothing");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start("512m");
    Plants.load(platform.client(), FACILITIES);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void cachedReadsAreAsFastAsWithoutMetrics() throws Exception {
    if (!Wrk.isInstalled()) {
      Gate.cannotMeasure("wrk is not installed", "metrics-warm");
      return;
    }
    try (WildFlyServer without =
        platform.startBeside(Map.of("refdata.metrics.requests", "false"))) {
      URI timed = platform.url().resolve(ITEM);
      URI untimed = without.url().resolve(ITEM);
      int seconds = Scale.seconds();
      WRK.warmUp(timed, 3 * seconds, JSON);
      WRK.warmUp(untimed, 3 * seconds, JSON);
      Ratio warm = new Ratio("metrics-warm", "requests/s");
      for (int turn = 0; turn < Ratio.TURNS; turn++) {
        // Each goes first in every other turn.
        boolean first = turn % 2 == 0;
        double one = WRK.rate(first ? timed : untimed, seconds, JSON);
        double other = WRK.rate(first ? untimed : timed, seconds, JSON);
        warm.add(first ? one : other, first ? other : one);
      }
      Gate.measured(warm.measurement());
    }
  }

  @Test
  void aScrapeIsShort() throws Exception {
    for (String control : List.of("max-age=0", "max-age=0", "no-cache")) {
      for (String kind : KINDS) {
        get("/api/v1/" + kind, control);
      }
    }
    List<Double> turns = new ArrayList<>();
    for (int turn = 0; turn <= Scale.turns(); turn++) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < SCRAPES; i++) {
        long start = System.nanoTime();
        assertThat(get("/metrics", "max-age=0")).isEqualTo(200);
        millis.add((System.nanoTime() - start) / MILLIS);
      }
      if (turn > 0) { // The first one warms up.
        turns.add(Measurement.median(millis));
      }
    }
    Gate.measured(new Measurement("metrics-scrape", turns, "", "", null));
  }

  private static int get(String path, String control) throws Exception {
    HttpResponse<byte[]> response =
        HTTP.send(
            HttpRequest.newBuilder(platform.url().resolve(path))
                .header("Cache-Control", control)
                .build(),
            BodyHandlers.ofByteArray());
    return response.statusCode();
  }
}
