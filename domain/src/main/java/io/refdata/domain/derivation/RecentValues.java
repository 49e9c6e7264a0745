package io.refdata.domain.derivation;

import java.util.Arrays;

/**
 * The latest values of a series with the numbers of their periods, as many as are not forgotten.
 */
final class RecentValues {
  private long[] periods = new long[4];
  private double[] values = new double[4];
  private int first;
  private int size;

  int size() {
    return size;
  }

  /** Adds the value of a period, which is later than all others. */
  void add(long period, double value) {
    if (size == periods.length) {
      grow();
    }
    int at = (first + size) & (periods.length - 1);
    periods[at] = period;
    values[at] = value;
    size++;
  }

  private void grow() {
    long[] morePeriods = Arrays.copyOf(periods, 2 * size);
    double[] moreValues = Arrays.copyOf(values, 2 * size);
    for (int i = 0; i < size; i++) {
      morePeriods[i] = periods[(first + i) & (size - 1)];
      moreValues[i] = value(i);
    }
    periods = morePeriods;
    values = moreValues;
    first = 0;
  }

  /** One of them, from 0 for the earliest. */
  double value(int index) {
    return values[(first + index) & (values.length - 1)];
  }

  /** Forgets what is earlier than a period. */
  void forgetBefore(long period) {
    while (size > 0 && periods[first] < period) {
      forgetFirst();
    }
  }

  /** Forgets the earliest. */
  double forgetFirst() {
    double forgotten = values[first];
    first = (first + 1) & (periods.length - 1);
    size--;
    return forgotten;
  }

  /** The earliest value if it is that of a period; else {@code NaN}. */
  double firstIf(long period) {
    return size > 0 && periods[first] == period ? values[first] : Double.NaN;
  }

  /** Forgets all. */
  void clear() {
    size = 0;
  }
}
