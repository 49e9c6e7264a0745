package io.refdata.domain.feature;

import io.refdata.domain.derivation.ExactSum;
import io.refdata.domain.derivation.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scaling that makes the numbers of a column comparable with those of others. A column whose
 * numbers are all the same becomes 0.
 */
public enum Scale {
  NONE,
  /** By the mean and the standard deviation of all, as they are no sample. */
  ZSCORE,
  /** By the least number and the distance to the largest. */
  MINMAX,
  /** By the median and the distance between the quartiles, interpolated. */
  ROBUST;

  /** Numbers times this are small enough to be squared. */
  static final double SMALL = 0x1p-540;

  /** The names of all. */
  public static final List<String> NAMES = Arrays.stream(values()).map(Scale::toString).toList();

  /** The scale of that name. */
  public static Optional<Scale> named(String name) {
    return Arrays.stream(values()).filter(scale -> scale.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The numbers that a column is scaled by: a number less the centre, divided by the width.
   *
   * @param width never 0
   */
  public record Parameters(double center, double width) {
    /** A number of the column, scaled; {@code NaN} if it is too large to be. */
    public double scaled(double number) {
      double result = (number - center) / width;
      return Double.isFinite(result) ? result : Double.NaN;
    }
  }

  /**
   * The parameters for a column.
   *
   * @param numbers its finite numbers, in any order
   * @return null if there is none, or nothing is scaled
   */
  public @Nullable Parameters of(double[] numbers) {
    if (this == NONE || numbers.length == 0) {
      return null;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double center =
        switch (this) {
          case MINMAX -> sorted[0];
          case ROBUST -> quantile(sorted, 0.5);
          default -> mean(sorted);
        };
    double width =
        switch (this) {
          case MINMAX -> sorted[sorted.length - 1] - sorted[0];
          case ROBUST -> quantile(sorted, 0.75) - quantile(sorted, 0.25);
          default -> deviation(sorted, center);
        };
    return new Parameters(center, width == 0 || !Double.isFinite(width) ? 1 : width);
  }

  private static double mean(double[] sorted) {
    ExactSum sum = new ExactSum();
    Arrays.stream(sorted).forEach(sum::add);
    return Period.mean(sum, sorted.length, sorted[0], sorted[sorted.length - 1]);
  }

  private static double deviation(double[] numbers, double mean) {
    double deviation = deviation(numbers, mean, 1);
    return Double.isFinite(deviation) ? deviation : deviation(numbers, mean, SMALL);
  }

  private static double deviation(double[] numbers, double mean, double scale) {
    ExactSum squares = new ExactSum();
    for (double number : numbers) {
      double distance = number * scale - mean * scale;
      squares.add(distance * distance);
    }
    return Math.sqrt(squares.dividedBy(numbers.length)) / scale;
  }

  /** Between the two nearest numbers, as numpy interpolates. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
