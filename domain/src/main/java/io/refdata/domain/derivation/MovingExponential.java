package io.refdata.domain.derivation;

/**
 * An exponential moving average that begins with the mean of the first values. A missing value ends
 * it; it begins again behind.
 */
public final class MovingExponential implements Transformation {
  private final int length;
  private final ExactSum first = new ExactSum();
  private int values;
  private double average = Double.NaN;
  private long last = Long.MIN_VALUE;

  MovingExponential(int length) {
    this.length = length;
  }

  /** The average that follows another, of a length, with the next value. */
  public static double next(double average, double value, int length) {
    double weight = 2.0 / (length + 1.0);
    double next = average + weight * (value - average);
    return Double.isFinite(next) ? next : (1 - weight) * average + weight * value;
  }

  @Override
  public double next(long period, double value) {
    boolean follows = period - 1 == last;
    last = period;
    if (!follows || !Double.isFinite(value)) {
      first.clear();
      values = 0;
    }
    if (!Double.isFinite(value)) {
      return Double.NaN;
    }
    values++;
    if (values > length) {
      average = next(average, value, length);
    } else {
      first.add(value);
      average = first.mean(length);
    }
    return values < length ? Double.NaN : Transform.finite(average);
  }
}
