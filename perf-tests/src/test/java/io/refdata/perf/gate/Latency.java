package io.refdata.perf.gate;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long answers took under a load that came at its own pace.
 *
 * @param nanos from when each request was sent to the last byte of its answer
 * @param perSecond how many of the requests that were sent in each second were answered, in their
 *     order
 */
public record Latency(Histogram nanos, List<Integer> perSecond) {
  private static final double NANOS_A_MILLISECOND = 1e6;

  public Latency {
    perSecond = List.copyOf(perSecond);
  }

  /**
   * The milliseconds within which so many of a hundred answers came.
   *
   * @param percentile from 0 to 100
   */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLISECOND;
  }
}
