package io.refdata.perf.claims;

import java.time.Duration;
import java.util.Arrays;

/** Sides measured by turns, so that what else runs on the machine comes upon all of them alike. */
final class Turns {
  private static final int FEWEST = 7;
  private static final int MOST = 101;
  private static final long WARM_UP = Duration.ofMillis(500).toNanos();
  private static final long MEASURED = Duration.ofMillis(700).toNanos();

  private Turns() {}

  /** What one side does once. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** The median of each side in milliseconds, when all of them are warm. */
  static double[] medianMillis(Work... sides) throws Exception {
    turns(WARM_UP, sides);
    double[][] millis = turns(MEASURED, sides);
    return Arrays.stream(millis).mapToDouble(Turns::median).toArray();
  }

  /** The milliseconds of each side, turn by turn. */
  private static double[][] turns(long nanos, Work... sides) throws Exception {
    double[][] millis = new double[sides.length][MOST];
    long end = System.nanoTime() + nanos;
    int turn = 0;
    while (turn < FEWEST || (turn < MOST && System.nanoTime() < end)) {
      for (int side = 0; side < sides.length; side++) {
        millis[side][turn] = millis(sides[side]);
      }
      turn++;
    }
    int turns = turn;
    return Arrays.stream(millis).map(all -> Arrays.copyOf(all, turns)).toArray(double[][]::new);
  }

  /** How long it takes once, in milliseconds. */
  static double millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The value in the middle. */
  static double median(double... values) {
    return percentile(50, values);
  }

  /** The smallest value that so many percent of all do not exceed. */
  static double percentile(int percent, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
  }
}
