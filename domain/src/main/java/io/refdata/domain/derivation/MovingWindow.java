package io.refdata.domain.derivation;

/**
 * The sum or the mean of the values of the last so many periods; missing if one of them is. The sum
 * is exact, so the result does not depend on where the series was begun.
 */
final class MovingWindow implements Transformation {
  private final int length;
  private final boolean mean;
  private final RecentValues window = new RecentValues();
  private final ExactSum sum = new ExactSum();
  private long last = Long.MIN_VALUE;

  MovingWindow(int length, boolean mean) {
    this.length = length;
    this.mean = mean;
  }

  @Override
  public double next(long period, double value) {
    boolean follows = period - 1 == last;
    last = period;
    if (!follows) {
      clear();
    }
    if (!Double.isFinite(value)) {
      clear();
      return Double.NaN;
    }
    if (window.size() == length) {
      sum.add(-window.forgetFirst());
    }
    window.add(period, value);
    sum.add(value);
    if (window.size() < length) {
      return Double.NaN;
    }
    return Transform.finite(mean ? sum.mean(length) : sum.value());
  }

  private void clear() {
    window.clear();
    sum.clear();
  }
}
