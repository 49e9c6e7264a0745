package io.refdata.domain.derivation;

import java.util.Arrays;

/**
 * The sum of numbers, rounded once: whatever their order, it has the same bits. It is held as
 * numbers without common digits, as in J. R. Shewchuk, "Adaptive Precision Floating-Point
 * Arithmetic and Fast Robust Geometric Predicates" (1997), and rounded as Python's {@code
 * math.fsum} does. A number that was added can be taken out again by adding its negative.
 */
public final class ExactSum {
  private double[] partials = new double[8];
  private int size;
  private boolean overflowed;

  /** Adds a finite number. */
  public void add(double number) {
    double high = number;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double other = partials[i];
      if (Math.abs(high) < Math.abs(other)) {
        double swapped = high;
        high = other;
        other = swapped;
      }
      double sum = high + other;
      double low = other - (sum - high);
      if (low != 0) {
        partials[kept++] = low;
      }
      high = sum;
    }
    if (!Double.isFinite(high)) {
      overflowed = true;
      return;
    }
    if (kept == partials.length) {
      partials = Arrays.copyOf(partials, 2 * kept);
    }
    partials[kept] = high;
    size = kept + 1;
  }

  /** True if the sum became larger than a double can be: then it is lost, until it is cleared. */
  public boolean isOverflowed() {
    return overflowed;
  }

  /** Begins a new sum. */
  public void clear() {
    size = 0;
    overflowed = false;
  }

  /**
   * The sum, correctly rounded, half to even; {@code NaN} if it is lost. 0 if nothing was added.
   */
  public double value() {
    if (overflowed) {
      return Double.NaN;
    }
    if (size == 0) {
      return 0;
    }
    int at = size - 1;
    double high = partials[at];
    double low = 0;
    while (at > 0 && low == 0) {
      double other = partials[--at];
      double sum = high + other;
      low = other - (sum - high);
      high = sum;
    }
    // Halfway between two doubles, the next number decides to which side the sum is rounded.
    if (at > 0 && ((low < 0 && partials[at - 1] < 0) || (low > 0 && partials[at - 1] > 0))) {
      double twice = low * 2;
      double rounded = high + twice;
      if (twice == rounded - high) {
        high = rounded;
      }
    }
    return high;
  }

  /**
   * The sum divided by the number of its values, rounded once: of equal values it is their value.
   */
  public double mean(int count) {
    double mean = value() / count;
    double product = mean * count;
    if (!Double.isFinite(product)) {
      return mean;
    }
    ExactSum rest = new ExactSum();
    for (int i = 0; i < size; i++) {
      rest.add(partials[i]);
    }
    rest.add(-product);
    rest.add(-Math.fma(mean, count, -product));
    return mean + rest.value() / count;
  }
}
