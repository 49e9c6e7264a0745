package io.refdata.domain.derivation;

/**
 * Values in relation to that of a base period, which is 100. It has to be told the value of the
 * base period before those of earlier periods.
 */
public final class Indexed implements Transformation {
  private final long base;
  private double baseValue = Double.NaN;

  Indexed(long base) {
    this.base = base;
  }

  @Override
  public double next(long period, double value) {
    if (period == base) {
      baseValue = value;
    }
    return Transform.finite(value / baseValue * 100);
  }

  /** Tells the value of the base period. */
  public void base(double value) {
    baseValue = value;
  }
}
