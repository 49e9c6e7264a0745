package io.refdata.perf.gate;

/** The size and the length of a run, by {@code -Dperf.scale=} and similar properties. */
public final class Scale {
  private static final double FACTOR = Double.parseDouble(System.getProperty("perf.scale", "0.01"));
  private static final double SMALL = 0.1;
  private static final int FULL_OBSERVATIONS = 10_000_000;
  private static final int FULL_FACILITIES = 100_000;

  private Scale() {}

  /** The factor of the size; 1 is full size. */
  public static double factor() {
    return FACTOR;
  }

  /** Whether a run is so small that the bounds of small runs hold. */
  public static boolean isSmall() {
    return FACTOR < SMALL;
  }

  /** The number of observations. */
  public static int observations() {
    return (int) (FULL_OBSERVATIONS * FACTOR);
  }

  /** The number of facilities. */
  public static int facilities() {
    return (int) (FULL_FACILITIES * FACTOR);
  }

  /** The seconds for which one side of a turn is measured. */
  public static int seconds() {
    return Integer.getInteger("perf.seconds", 1);
  }

  /** The number of times that each side is measured; the median counts, the spread is the noise. */
  public static int turns() {
    return Integer.getInteger("perf.turns", 3);
  }
}
