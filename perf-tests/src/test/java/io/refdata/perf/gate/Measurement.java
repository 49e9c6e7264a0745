package io.refdata.perf.gate;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for a target.
 *
 * @param id of the target
 * @param samples the figure of each turn, in the target's unit; at least one
 * @param platform the platform's side as text, with its unit; empty where the figure says it
 * @param other the other side, what the platform is compared with; empty where there is none
 * @param latency the distribution that the figure is a percentile of; null if it is none
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

  /** A figure that has no other side. */
  public static Measurement of(String id, DoubleStream samples) {
    return new Measurement(id, samples.boxed().toList(), "", "", null);
  }

  /** The median of the turns. */
  public double value() {
    return median(samples);
  }

  /** The median of some numbers: of two in the middle, the greater. */
  public static double median(List<Double> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
  }

  /** Half of the distance between the least and the greatest turn. */
  public double noise() {
    DoubleSummaryStatistics all = samples.stream().mapToDouble(it -> it).summaryStatistics();
    return (all.getMax() - all.getMin()) / 2;
  }
}
