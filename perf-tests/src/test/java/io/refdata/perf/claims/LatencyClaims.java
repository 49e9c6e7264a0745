package io.refdata.perf.claims;

import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures how long a client waits for cached responses, and for those of new requests. */
final class LatencyClaims {
  private static final String SYSTEM = "energy data platform";
  private static final int WARM_PER_SECOND = 200;
  private static final int COLD_PER_SECOND = 100;
  private static final int WARM_REQUESTS = 400;
  private static final int COLD_REQUESTS = 200;

  private final ReadPlatform platform;

  LatencyClaims(ReadPlatform platform) {
    this.platform = platform;
  }

  List<Claim> measure() throws Exception {
    List<HttpRequest> cached = new ArrayList<>();
    for (int i = 0; i < WARM_REQUESTS; i++) {
      cached.add(
          read(
              switch (i % 3) {
                case 0 -> "facilities/PLANT_" + i % 30;
                case 1 -> "facilities?fuel=" + (i % 2 == 0 ? "HYDRO" : "GAS");
                default ->
                    "datasets/MANY/observations?from=1995-01-01&to=1995-12-31&key=PERF_" + i % 30;
              }));
    }
    ConstantRate.millis(WARM_PER_SECOND, cached);
    double[] warm = ConstantRate.millis(WARM_PER_SECOND, cached);
    String how =
        "400 requests for cached responses (an item, a page of 50, a year of a series) over HTTP,"
            + " 200 a second, each from when it was due; ";
    List<Claim> claims = new ArrayList<>();
    claims.add(warm("p50", 7, Turns.percentile(50, warm), how + "the median."));
    claims.add(warm("p95", 7.5, Turns.percentile(95, warm), how + "95 % take no longer."));
    claims.add(warm("p99", 8, Turns.percentile(99, warm), how + "99 % take no longer."));
    claims.add(cold());
    return claims;
  }

  private static Claim warm(String percentile, double claimed, double millis, String how) {
    return new Claim(
        "latency.warm." + percentile,
        SYSTEM,
        "Warm answers, " + percentile,
        claimed,
        millis,
        "ms",
        false,
        Figures.millis(millis),
        "",
        how);
  }

  private Claim cold() throws Exception {
    // The first half lets the server compile the code that serves these requests.
    ConstantRate.millis(COLD_PER_SECOND, newRequests(0));
    double[] millis = ConstantRate.millis(COLD_PER_SECOND, newRequests(COLD_REQUESTS));
    double median = Turns.median(millis);
    return new Claim(
        "latency.cold",
        SYSTEM,
        "Cold answers, p50",
        45,
        median,
        "ms",
        false,
        "p50 %s, p95 %s"
            .formatted(Figures.millis(median), Figures.millis(Turns.percentile(95, millis))),
        "",
        "200 requests of which none was sent before (items, filtered pages of 50, years of series),"
            + " so that each is served from the database, over HTTP, 100 a second, each from when"
            + " it was due; the median.");
  }

  private List<HttpRequest> newRequests(int first) {
    return IntStream.range(first, first + COLD_REQUESTS)
        .mapToObj(
            i ->
                read(
                    switch (i % 3) {
                      case 0 -> "facilities/PLANT_" + (999 - i) + "?fields=code,name,fuel";
                      case 1 -> "facilities?capacityMw=ge:" + i + ".5";
                      default ->
                          "datasets/MANY/observations?from=1995-01-02&to=1995-12-30&key=PERF_"
                              + (999 - i);
                    }))
        .toList();
  }

  private HttpRequest read(String path) {
    return ConstantRate.read(platform.api(path)).build();
  }
}
