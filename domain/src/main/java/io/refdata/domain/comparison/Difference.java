package io.refdata.domain.comparison;

/**
 * The difference of a value from another one of the same period, the base.
 *
 * @param absolute the value less the base, in their unit; {@code NaN} if one of them is missing
 * @param percent the same in percent of the size of the base, so that its sign tells which one is
 *     larger, below zero too; {@code NaN} if one is missing or the base is 0
 */
public record Difference(double absolute, double percent) {
  /**
   * @param base not finite if it is missing
   * @param value not finite if it is missing
   */
  public static Difference of(double base, double value) {
    double absolute = finite(value - base);
    return new Difference(absolute, finite(absolute / Math.abs(base) * 100));
  }

  private static double finite(double number) {
    return Double.isFinite(number) ? number : Double.NaN;
  }
}
