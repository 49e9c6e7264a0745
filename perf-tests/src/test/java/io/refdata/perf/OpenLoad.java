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
 * Sends one GET at a constant rate, whether or not earlier ones have been answered (Hyperfoil's
 * open model). A server that stalls gets as many requests as one that does not, so a slow response
 * does not hide the delay of later ones. Each response must be a 200 with exactly the expected
 * body.
 */
final class OpenLoad {
  private static final String WARM_UP = "warm-up";
  private static final String STEADY = "steady";
  private static final int MAX_CONCURRENT = 512;
  private static final String TIMEOUT = "10s";

  private final URI url;
  private final Map<String, String> headers;
  private final String body;

  /**
   * @param headers the headers of each request
   * @param body the body that each response must have
   */
  OpenLoad(URI url, Map<String, String> headers, String body) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /**
   * The result of a run.
   *
   * @param sent the number of requests, without the warm-up
   * @param failed how many of them got no response, or not the expected one
   * @param waited whether a request had to wait because too many were running: then the load was
   *     less than the given rate
   */
  record Outcome(Latency latency, int sent, int failed, boolean waited) {}

  /**
   * Sends requests at a rate.
   *
   * @param warmUp the time before the measurement, in seconds
   * @param seconds the time of the measurement, in seconds
   */
  Outcome run(int perSecond, int warmUp, int seconds) {
    Collected result = new Collected(maxConcurrent(perSecond), seconds);
    new LocalSimulationRunner(
            benchmark(perSecond, warmUp, seconds),
            (phase, step, metric, snapshot, countDown) -> {
              if (phase.name().equals(STEADY)) {
                result.add(snapshot);
              }
            },
            (phase, atLeast, atMost) -> result.concurrent(atMost),
            null)
        .run();
    return result.outcome();
  }

  private Benchmark benchmark(int perSecond, int warmUp, int seconds) {
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("open load").threads(1);
    benchmark
        .addPlugin(HttpPluginBuilder::new)
        .http()
        .host(url.getHost())
        .port(url.getPort())
        .sharedConnections(maxConcurrent(perSecond))
        .requestTimeout(TIMEOUT);
    phase(benchmark.addPhase(WARM_UP).constantRate(perSecond), perSecond, warmUp);
    phase(
        benchmark.addPhase(STEADY).constantRate(perSecond).startAfterStrict(WARM_UP),
        perSecond,
        seconds);
    return benchmark.build();
  }

  /** The most requests that can run at the same time: those of one second, within bounds. */
  private static int maxConcurrent(int perSecond) {
    return Math.min(MAX_CONCURRENT, Math.max(16, perSecond));
  }

  private void phase(PhaseBuilder.ConstantRate phase, int perSecond, int seconds) {
    HttpRequestStepBuilder request =
        phase
            .variance(false)
            .maxSessions(maxConcurrent(perSecond))
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

  /** Collects the statistics of Hyperfoil, second by second. */
  private static final class Collected {
    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final Map<Integer, Integer> responses = new TreeMap<>();
    private final int maxConcurrent;
    private final int seconds;
    private int sent;
    private int failed;
    private boolean waited;

    Collected(int maxConcurrent, int seconds) {
      this.maxConcurrent = maxConcurrent;
      this.seconds = seconds;
    }

    synchronized void add(StatisticsSnapshot second) {
      nanos.add(second.histogram);
      responses.merge(second.sequenceId, second.responseCount, Integer::sum);
      sent += second.requestCount;
      failed += second.invalid + (int) second.errors();
      waited |= second.blockedTime > 0;
    }

    synchronized void concurrent(int atMost) {
      waited |= atMost >= maxConcurrent;
    }

    synchronized Outcome outcome() {
      // Requests at the end of the last second would count as one more, incomplete second.
      List<Integer> perSecond = responses.values().stream().limit(seconds).toList();
      return new Outcome(new Latency(nanos, perSecond), sent, failed, waited);
    }
  }
}
