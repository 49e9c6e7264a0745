package io.refdata.perf.gate;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of a target.
 *
 * @param id the id of the target
 * @param samples the figure of each turn, in the target's unit; at least one
 * @param platform the platform's side as text, with its unit; empty if the figure is enough
 * @param other the side that the platform is compared with, as text; empty if there is none
 * @param latency the distribution that the figure is a percentile of; null if it is not a
 *     percentile
 */
public record Measurement(
    String id, List<Double> samples, String platform, String other, @Nullable Latency latency) {

  /**
   * @throws IllegalArgumentException without samples
   */
  public Measurement {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(id + " was not measured");
    }
  }

  /** A measurement without another side. */
  public static Measurement of(String id, DoubleStream samples) {
    return new Measurement(id, samples.boxed().toList(), "", "", null);
  }

  /** The median of the turns. */
  public double value() {
    return median(samples);
  }

  /** The median of some numbers; of the two in the middle it is the greater. */
  public static double median(List<Double> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
  }

  /** Half of the distance between the least and the greatest turn. */
  public double noise() {
    DoubleSummaryStatistics all = samples.stream().mapToDouble(it -> it).summaryStatistics();
    return (all.getMax() - all.getMin()) / 2;
  }
}
