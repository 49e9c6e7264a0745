package io.refdata.perf.claims;

import java.time.Duration;
import java.util.Arrays;

/** Measures sides in turns, so that other work on the machine disturbs all of them alike. */
final class Turns {
  private static final int MIN_TURNS = 7;
  private static final int MAX_TURNS = 101;
  private static final long WARM_UP = Duration.ofMillis(500).toNanos();
  private static final long MEASURED = Duration.ofMillis(700).toNanos();

  private Turns() {}

  /** The work that one side does in a turn. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** The median of each side in milliseconds, after a warm-up. */
  static double[] medianMillis(Work... sides) throws Exception {
    turns(WARM_UP, sides);
    double[][] millis = turns(MEASURED, sides);
    return Arrays.stream(millis).mapToDouble(Turns::median).toArray();
  }

  /** The milliseconds of each side, turn by turn. */
  private static double[][] turns(long nanos, Work... sides) throws Exception {
    double[][] millis = new double[sides.length][MAX_TURNS];
    long end = System.nanoTime() + nanos;
    int turn = 0;
    while (turn < MIN_TURNS || (turn < MAX_TURNS && System.nanoTime() < end)) {
      for (int side = 0; side < sides.length; side++) {
        millis[side][turn] = millis(sides[side]);
      }
      turn++;
    }
    int turns = turn;
    return Arrays.stream(millis).map(all -> Arrays.copyOf(all, turns)).toArray(double[][]::new);
  }

  /** The time of one run, in milliseconds. */
  static double millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The median. */
  static double median(double... values) {
    return percentile(50, values);
  }

  /** The smallest value that at least this percentage of all values does not exceed. */
  static double percentile(int percent, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
  }
}
