package io.refdata.api.calculation;

import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.FunctionName;
import io.refdata.persistence.metrics.duration.DurationCounts;
import io.refdata.persistence.metrics.duration.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The number of calls of each function since the server started, and the time that it took to work
 * it out. One that is asked for on three frequencies counts three times.
 */
@ApplicationScoped
public class CalculationTimes {
  private final Map<FunctionName, Times> all = new EnumMap<>(FunctionName.class);

  public CalculationTimes() {
    for (FunctionName name : FunctionName.values()) {
      all.put(name, new Times());
    }
  }

  /** The times of one function. */
  private static final class Times {
    private final LongAdder hits = new LongAdder();
    private final Durations durations = new Durations();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    private Use use() {
      DurationCounts counts = new DurationCounts(durations.counts());
      long worked = counts.count();
      long given = hits.sum();
      return new Use(
          worked + given,
          given,
          percentile(counts, 0.5),
          percentile(counts, 0.95),
          worked == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(slowest.get())));
    }

    /** Estimated within a bucket, whose end is longer than all in it may be. */
    private Optional<Duration> percentile(DurationCounts counts, double share) {
      return counts
          .percentile(share)
          .map(one -> Duration.ofNanos(Math.min(one.toNanos(), slowest.get())));
    }
  }

  /**
   * The use of one function.
   *
   * @param calls how often it was asked for
   * @param hits the calls that a kept answer had the values of
   * @param median the time that half of the other calls did not exceed; empty before the first
   * @param p95 the same for 95 of 100
   * @param slowest the longest of these times
   */
  public record Use(
      long calls,
      long hits,
      Optional<Duration> median,
      Optional<Duration> p95,
      Optional<Duration> slowest) {}

  private Times of(BarFunction function) {
    return Objects.requireNonNull(all.get(function.name()));
  }

  /** The functions were answered from what is kept. */
  void hit(List<BarFunction> functions, int frequencies) {
    functions.forEach(function -> of(function).hits.add(frequencies));
  }

  /** A function was worked out on one frequency. */
  void worked(BarFunction function, long nanos) {
    Times times = of(function);
    times.durations.record(nanos);
    times.slowest.accumulate(nanos);
  }

  /** The use of each function, in their order. */
  Map<FunctionName, Use> all() {
    Map<FunctionName, Use> uses = new EnumMap<>(FunctionName.class);
    all.forEach((name, times) -> uses.put(name, times.use()));
    return Collections.unmodifiableMap(uses);
  }
}
