package io.refdata.domain.quality;

import java.util.Arrays;

/** Medians, and deviations from them: they bear a few wrong numbers among the right ones. */
public final class Medians {
  private Medians() {}

  /** The median of some numbers; NaN if there are none. */
  public static double median(double... numbers) {
    if (numbers.length == 0) {
      return Double.NaN;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median absolute deviation (MAD) of some numbers from their median. */
  public static double deviation(double median, double... numbers) {
    double[] deviations = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      deviations[i] = Math.abs(numbers[i] - median);
    }
    return median(deviations);
  }
}
