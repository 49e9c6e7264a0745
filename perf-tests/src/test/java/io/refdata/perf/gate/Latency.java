package io.refdata.perf.gate;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The distribution of response times under a load.
 *
 * @param nanos the time from when each request was sent to the last byte of its response
 * @param perSecond for each second in order, how many of the requests sent in it were answered
 */
public record Latency(Histogram nanos, List<Integer> perSecond) {
  private static final double NANOS_A_MILLISECOND = 1e6;

  public Latency {
    perSecond = List.copyOf(perSecond);
  }

  /**
   * The milliseconds within which a percentage of all responses arrived.
   *
   * @param percentile from 0 to 100
   */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLISECOND;
  }
}
