package io.refdata.perf;

import io.refdata.perf.gate.Latency;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How long reads take under a load that leaves the platform time: one that comes at its own pace.
 */
final class SteadyReads {
  private static final double HELD_MILLIS = 50;
  private static final int LEAST_RATE = 50;
  private static final int HALVINGS = 2;
  private static final int TRIES = 2;

  private final ReadPlatform platform;

  SteadyReads(ReadPlatform platform) {
    this.platform = platform;
  }

  private OpenLoad load(String path, boolean kept) throws Exception {
    String control = kept ? "max-age=0" : "no-cache";
    return new OpenLoad(
        platform.api(path),
        Map.of("Accept", "application/json", "Cache-Control", control),
        new String(platform.get(path).body(), StandardCharsets.UTF_8));
  }

  /**
   * The median and the 99th percentile, in milliseconds.
   *
   * @param name of the targets, before {@code -p50} and {@code -p99}
   * @param kept whether a kept answer will do
   */
  List<Measurement> latency(String name, String path, boolean kept, int perSecond)
      throws Exception {
    OpenLoad load = load(path, kept);
    List<Double> medians = new ArrayList<>();
    List<Double> slow = new ArrayList<>();
    Histogram all = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    List<Integer> perSeconds = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      OpenLoad.Outcome outcome =
          load.run(perSecond, turn == 0 ? 2 * Scale.seconds() : 1, Scale.seconds());
      if (outcome.failed() > 0) {
        throw new IllegalStateException(path + ": " + outcome.failed() + " were not answered well");
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

  /**
   * The rate at which the 99th percentile is still under 50 ms and nothing fails, found by doubling
   * it until it is not, and by halving the distance a few times then.
   */
  Measurement heldRate(String id, String path) throws Exception {
    OpenLoad load = load(path, false);
    int held = 0;
    int next = LEAST_RATE;
    while (isHeld(load, next)) {
      held = next;
      next *= 2;
    }
    int missed = next;
    for (int i = 0; i < HALVINGS && held > 0; i++) {
      int middle = (held + missed) / 2;
      if (isHeld(load, middle)) {
        held = middle;
      } else {
        missed = middle;
      }
    }
    return new Measurement(id, List.of((double) held), "", "", null);
  }

  /**
   * Tried again: of the few requests of a low rate a single one that the machine delays decides.
   */
  private static boolean isHeld(OpenLoad load, int perSecond) {
    return IntStream.range(0, TRIES).anyMatch(it -> isHeldOnce(load, perSecond));
  }

  private static boolean isHeldOnce(OpenLoad load, int perSecond) {
    OpenLoad.Outcome outcome = load.run(perSecond, 1, Scale.seconds());
    return outcome.failed() == 0
        && !outcome.waited()
        && outcome.sent() >= 0.95 * perSecond * Scale.seconds()
        && outcome.latency().millis(99) < HELD_MILLIS;
  }
}
