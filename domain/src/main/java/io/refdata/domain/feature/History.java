package io.refdata.domain.feature;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The values of a series by the numbers of their periods, as they were known at one time. Periods
 * without a value are left out.
 */
public final class History {
  /** A series that nobody knew yet. */
  public static final History NONE = new History(new long[0], new double[0], 0);

  private final long[] periods;
  private final double[] values;
  private final int size;

  /**
   * @param periods rising numbers of periods, of which the first {@code size} count
   * @param values finite numbers
   */
  History(long[] periods, double[] values, int size) {
    this.periods = periods;
    this.values = values;
    this.size = size;
  }

  /** The value of a period; {@code NaN} if it has none. */
  public double at(long period) {
    int index = Arrays.binarySearch(periods, 0, size, period);
    return index < 0 ? Double.NaN : values[index];
  }

  /** The last period that has a value. */
  public OptionalLong last() {
    return size == 0 ? OptionalLong.empty() : OptionalLong.of(periods[size - 1]);
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  /** The period of a value, by its position from 0. */
  long period(int position) {
    return periods[position];
  }

  /** The value at a position from 0. */
  double value(int position) {
    return values[position];
  }
}
