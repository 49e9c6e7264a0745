package io.refdata.domain.derivation;

/** A transform on its way through the values of one series. */
@FunctionalInterface
public interface Transformation {
  /**
   * The result for a period.
   *
   * @param period its number, larger than that of the period before
   * @param value its value, {@code NaN} if it is missing
   * @return {@code NaN} if it is missing
   */
  double next(long period, double value);
}
