package io.refdata.perf;

import io.refdata.perf.gate.Latency;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures how long reads take at a steady rate that the platform can easily serve. */
final class SteadyReads {

  private final ReadPlatform platform;

  SteadyReads(ReadPlatform platform) {
    this.platform = platform;
  }

  private OpenLoad load(String path, boolean cached) throws Exception {
    String control = cached ? "max-age=0" : "no-cache";
    return new OpenLoad(
        platform.api(path),
        Map.of("Accept", "application/json", "Cache-Control", control),
        new String(platform.get(path).body(), StandardCharsets.UTF_8));
  }

  /**
   * The median and the 99th percentile, in milliseconds.
   *
   * @param name the name of the targets, before {@code -p50} and {@code -p99}
   * @param cached whether the response may come from the cache
   */
  List<Measurement> latency(String name, String path, boolean cached, int perSecond)
      throws Exception {
    OpenLoad load = load(path, cached);
    List<Double> medians = new ArrayList<>();
    List<Double> slow = new ArrayList<>();
    Histogram all = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    List<Integer> perSeconds = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      OpenLoad.Outcome outcome =
          load.run(perSecond, turn == 0 ? 2 * Scale.seconds() : 1, Scale.seconds());
      if (outcome.failed() > 0) {
        throw new IllegalStateException(path + ": " + outcome.failed() + " requests failed");
      }
      medians.add(outcome.latency().millis(50));
      slow.add(outcome.latency().millis(99));
      all.add(outcome.latency().nanos());
      perSeconds.addAll(outcome.latency().perSecond());
    }
    Latency latency = new Latency(all, perSeconds);
    return List.of(
        new Measurement(name + "-p50", medians, "", "", null),
        new Measurement(name + "-p99", slow, "", "", latency));
  }
}
