package io.refdata.domain.derivation;

import java.util.Arrays;

/**
 * The sum of numbers, rounded once: whatever their order, it has the same bits. It is held as
 * numbers without common digits, as in J. R. Shewchuk, "Adaptive Precision Floating-Point
 * Arithmetic and Fast Robust Geometric Predicates" (1997), and rounded as Python's {@code
 * math.fsum} does. A number that was added can be taken out again by adding its negative.
 *
 * <p>What is too large for a double is counted in units beside these numbers, so neither the sum
 * nor a mean depends on whether it was too large on the way.
 */
public final class ExactSum {
  private static final double UNIT = 0x1p1022;

  /** The units of the largest double are fewer. */
  private static final int TOO_MANY_UNITS = 4;

  /** By this, sums of any number of doubles are not too large. */
  private static final double SCALE = 0x1p-64;

  private double[] partials = new double[8];
  private int size;
  private long units;
  private boolean lost;

  /** Adds a number. One that is not finite makes the sum {@code NaN}, until it is cleared. */
  public void add(double number) {
    if (Math.abs(number) <= UNIT
        && units == 0
        && (size == 0 || Math.abs(partials[size - 1]) <= UNIT)) {
      insert(number);
    } else {
      addLarge(number);
    }
  }

  /** False, and then the numbers are no longer the sum, if it becomes too large. */
  private boolean insert(double number) {
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
    if (kept == partials.length) {
      partials = Arrays.copyOf(partials, 2 * kept);
    }
    partials[kept] = high;
    size = kept + 1;
    return Double.isFinite(high);
  }

  private void addLarge(double number) {
    if (!Double.isFinite(number)) {
      lost = true;
    } else if (units != 0 || !fits(number)) {
      if (size > 0) {
        partials[size - 1] = withoutUnits(partials[size - 1]);
      }
      insert(withoutUnits(number));
      takeUnitsBack();
    }
  }

  /** Inserts a number if the sum does not become too large. */
  private boolean fits(double number) {
    double[] before = partials.clone();
    int sizeBefore = size;
    if (insert(number)) {
      return true;
    }
    partials = before;
    size = sizeBefore;
    return false;
  }

  private double withoutUnits(double number) {
    long its = (long) (number / UNIT);
    units += its;
    return number - its * UNIT;
  }

  private void takeUnitsBack() {
    int sign = Long.signum(units);
    while (units != 0 && sign * partials[size - 1] < 0) {
      insert(sign * UNIT);
      units -= sign;
    }
    if (Math.abs(units) < TOO_MANY_UNITS && fits(units * UNIT)) {
      units = 0;
    }
  }

  /** True if the sum is larger than a double can be. */
  public boolean isTooLarge() {
    return units != 0;
  }

  /** Begins a new sum. */
  public void clear() {
    size = 0;
    units = 0;
    lost = false;
  }

  /**
   * The sum, correctly rounded, half to even; {@code NaN} if it is too large. 0 if nothing was
   * added.
   */
  public double value() {
    if (lost || units != 0) {
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
   * It is finite even if the sum is too large.
   *
   * @param count at least 1
   */
  public double mean(int count) {
    if (lost) {
      return Double.NaN;
    }
    double mean = value() / count;
    double product = mean * count;
    if (!Double.isFinite(product)) {
      return scaled().mean(count) / SCALE;
    }
    ExactSum rest = new ExactSum();
    for (int i = 0; i < size; i++) {
      rest.add(partials[i]);
    }
    rest.add(-product);
    rest.add(-Math.fma(mean, count, -product));
    return mean + rest.value() / count;
  }

  /**
   * The rounded sum, divided by what its values weigh together or another number. It is finite even
   * if the sum is too large.
   */
  public double dividedBy(double divisor) {
    return units == 0 ? value() / divisor : scaled().value() / divisor / SCALE;
  }

  private ExactSum scaled() {
    ExactSum scaled = new ExactSum();
    for (int i = 0; i < size; i++) {
      scaled.add(partials[i] * SCALE);
    }
    scaled.add(units * (UNIT * SCALE));
    scaled.lost = lost;
    return scaled;
  }
}
