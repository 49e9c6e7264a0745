package io.refdata.domain.quality;

import java.util.Arrays;

/**
 * The values of a series as of a load, by time. Values that are missing are not among them. Periods
 * are numbers ({@link io.refdata.domain.dataset.Frequency#number}).
 */
public final class ExaminedSeries {
  /** Whether the load that is judged wrote a value. */
  public enum Origin {
    /** It was there before, the same. */
    BEFORE,
    /** The load inserted it. */
    INSERTED,
    /** The load replaced another value by it. */
    REVISED
  }

  private static final int FEW = 4;

  private final int id;
  private final String key;
  private long[] periods = new long[FEW];
  private double[] values = new double[FEW];
  private Origin[] origins = new Origin[FEW];
  private int size;

  /**
   * @param id its number in the database
   * @param key its key
   */
  public ExaminedSeries(int id, String key) {
    this.id = id;
    this.key = key;
  }

  /** Adds a value; its period must be after all others. */
  public void add(long period, double value, Origin origin) {
    if (size > 0 && period <= periods[size - 1]) {
      throw new IllegalArgumentException("period " + period + " is not after " + periods[size - 1]);
    }
    if (size == periods.length) {
      periods = Arrays.copyOf(periods, size * 2);
      values = Arrays.copyOf(values, size * 2);
      origins = Arrays.copyOf(origins, size * 2);
    }
    periods[size] = period;
    values[size] = value;
    origins[size] = origin;
    size++;
  }

  public int id() {
    return id;
  }

  public String key() {
    return key;
  }

  /** The number of values. */
  public int size() {
    return size;
  }

  public long period(int i) {
    return periods[i];
  }

  public double value(int i) {
    return values[i];
  }

  public Origin origin(int i) {
    return origins[i];
  }

  /** The place of the value of a period; below 0 if there is none. */
  int find(long period) {
    return Arrays.binarySearch(periods, 0, size, period);
  }
}
