package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The observations of one series, held in memory, by time. */
public final class HeldColumn {
  private final Series series;
  private long[] micros = new long[16];
  private double[] values = new double[16];
  private String[] statuses = new String[16];
  private int size;

  /** No observations yet. */
  public HeldColumn(Series series) {
    this.series = series;
  }

  /** Adds an observation that is later than all others. */
  void add(long time, double value, String status) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      statuses = Arrays.copyOf(statuses, 2 * size);
    }
    micros[size] = time;
    values[size] = value;
    statuses[size] = status;
    size++;
  }

  /** The series. */
  public Series series() {
    return series;
  }

  /** The starts of the periods, in microseconds since 1970. */
  public LongStream times() {
    return Arrays.stream(micros, 0, size);
  }

  /** The number of observations. */
  public int size() {
    return size;
  }

  /** The start of the period of one of them. */
  public long micros(int index) {
    return micros[index];
  }

  /** The value of one of them, {@code NaN} if it is missing. */
  public double value(int index) {
    return values[index];
  }

  /** The status of one of them. */
  public String status(int index) {
    return statuses[index];
  }

  /** The index of the observation of a time; below 0 if there is none. */
  public int at(long time) {
    return Arrays.binarySearch(micros, 0, size, time);
  }
}
