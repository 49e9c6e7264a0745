package io.refdata.persistence.load.staging;

/**
 * The place of a staged value in its file, as one number that grows from value to value: its line,
 * its column, and in the lowest bit whether the value is rounded.
 */
public final class StagedPlace {
  /** The number of bits of the column and the lowest one; SQL reads the line above them. */
  static final int LINE_SHIFT = 17;

  static final int COLUMN_MASK = (1 << 16) - 1;

  private StagedPlace() {}

  /**
   * @param rounded whether a double cannot hold the value as it is written
   */
  public static long of(long line, int column, boolean rounded) {
    return line << LINE_SHIFT | (long) column << 1 | (rounded ? 1 : 0);
  }

  public static long line(long place) {
    return place >> LINE_SHIFT;
  }

  public static int column(long place) {
    return (int) (place >> 1) & COLUMN_MASK;
  }

  public static boolean isRounded(long place) {
    return (place & 1) == 1;
  }
}
