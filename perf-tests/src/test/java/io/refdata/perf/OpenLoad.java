package io.refdata.perf;

import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.handlers.SearchValidator;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.handlers.RangeStatusValidator;
import io.hyperfoil.http.steps.HttpRequestStepBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.refdata.perf.gate.Latency;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One GET, sent at a constant rate whether or not earlier ones have been answered (Hyperfoil's open
 * model): a server that stalls is sent as much as one that does not, so no slow answer hides those
 * that would have come after it. Each answer must be a 200 with the very body that is expected.
 */
final class OpenLoad {
  private static final String WARM_UP = "warm-up";
  private static final String STEADY = "steady";
  private static final int MOST_AT_ONCE = 512;
  private static final String TIMEOUT = "10s";

  private final URI url;
  private final Map<String, String> headers;
  private final String body;

  /**
   * @param headers that are sent
   * @param body that each answer must have
   */
  OpenLoad(URI url, Map<String, String> headers, String body) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /**
   * What came of it.
   *
   * @param sent how many requests were sent, the warm-up's not among them
   * @param failed how many of them were not answered, or not with what was expected
   * @param waited whether so many were under way that the next had to wait: it was not the rate
   *     then that was measured
   */
  record Outcome(Latency latency, int sent, int failed, boolean waited) {}

  /**
   * Sends so many a second.
   *
   * @param warmUp how long before anything is measured, in seconds
   * @param seconds how long it is measured
   */
  Outcome run(int perSecond, int warmUp, int seconds) {
    Seen seen = new Seen(atOnce(perSecond), seconds);
    new LocalSimulationRunner(
            benchmark(perSecond, warmUp, seconds),
            (phase, step, metric, snapshot, countDown) -> {
              if (phase.name().equals(STEADY)) {
                seen.add(snapshot);
              }
            },
            (phase, atLeast, atMost) -> seen.underWay(atMost),
            null)
        .run();
    return seen.outcome();
  }

  private Benchmark benchmark(int perSecond, int warmUp, int seconds) {
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("open load").threads(1);
    benchmark
        .addPlugin(HttpPluginBuilder::new)
        .http()
        .host(url.getHost())
        .port(url.getPort())
        .sharedConnections(atOnce(perSecond))
        .requestTimeout(TIMEOUT);
    phase(benchmark.addPhase(WARM_UP).constantRate(perSecond), perSecond, warmUp);
    phase(
        benchmark.addPhase(STEADY).constantRate(perSecond).startAfterStrict(WARM_UP),
        perSecond,
        seconds);
    return benchmark.build();
  }

  /** So many requests may be under way: those of a stall of a second, within reason. */
  private static int atOnce(int perSecond) {
    return Math.min(MOST_AT_ONCE, Math.max(16, perSecond));
  }

  private void phase(PhaseBuilder.ConstantRate phase, int perSecond, int seconds) {
    HttpRequestStepBuilder request =
        phase
            .variance(false)
            .maxSessions(atOnce(perSecond))
            .duration(TimeUnit.SECONDS.toMillis(seconds))
            .scenario()
            .initialSequence("ask")
            .step(HttpStepCatalog.SC)
            .httpRequest(HttpMethod.GET)
            .path(url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
    headers.forEach((name, value) -> request.headers().header(name, value).endHeaders());
    request
        .handler()
        .status(new RangeStatusValidator(200, 200))
        .body(fragmented -> new SearchValidator(body, matches -> matches == 1))
        .endHandler();
  }

  /** What Hyperfoil tells, second by second. */
  private static final class Seen {
    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final int atOnce;
    private final int seconds;
    private int sent;
    private int failed;
    private boolean waited;

    Seen(int atOnce, int seconds) {
      this.atOnce = atOnce;
      this.seconds = seconds;
    }

    synchronized void add(StatisticsSnapshot second) {
      nanos.add(second.histogram);
      answers.merge(second.sequenceId, second.responseCount, Integer::sum);
      sent += second.requestCount;
      failed += second.invalid + (int) second.errors();
      waited |= second.blockedTime > 0;
    }

    synchronized void underWay(int atMost) {
      waited |= atMost >= atOnce;
    }

    synchronized Outcome outcome() {
      // What is sent as the last second ends falls into one that is not whole.
      List<Integer> perSecond = answers.values().stream().limit(seconds).toList();
      return new Outcome(new Latency(nanos, perSecond), sent, failed, waited);
    }
  }
}
