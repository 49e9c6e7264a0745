package io.refdata.domain.derivation;

/**
 * An exponential moving average that begins with the mean of the first values. A missing value ends
 * it; it begins again behind.
 */
final class MovingExponential implements Transformation {
  private final int length;
  private final ExactSum first = new ExactSum();
  private int values;
  private double average = Double.NaN;
  private long last = Long.MIN_VALUE;

  MovingExponential(int length) {
    this.length = length;
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
      average += 2.0 / (length + 1.0) * (value - average);
    } else {
      first.add(value);
      average = first.mean(length);
    }
    return values < length ? Double.NaN : Transform.finite(average);
  }
}
