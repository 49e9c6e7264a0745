package io.refdata.persistence.metrics.duration;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The durations of things of one kind: their number in each of a few buckets, and the sum. The
 * bounds of the buckets rise by about a half, from 10 microseconds to 10 seconds; what takes longer
 * is in the last bucket. All counts only rise. To record takes a few nanoseconds, from any thread.
 */
public final class Durations {
  /** The bounds of a decade, each for all decades. */
  private static final double[] STEPS = {1, 1.6, 2.5, 3.5, 5, 7};

  private static final int DECADES = 6;
  private static final long LEAST_NANOS = 10_000;
  private static final int PART_BITS = 3;
  private static final int PARTS = 1 << PART_BITS;

  /** The last bucket has the greatest number as its bound. */
  private static final long[] BOUNDS = bounds();

  private static final int[] FIRST = first();
  private static final double NANOS = 1e9;

  private final LongAdder[] counts = new LongAdder[BOUNDS.length];
  private final LongAdder sum = new LongAdder();

  public Durations() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  private static long[] bounds() {
    long[] bounds = new long[DECADES * STEPS.length + 2];
    long decade = LEAST_NANOS;
    for (int i = 0; i < bounds.length - 1; i++) {
      int step = i % STEPS.length;
      bounds[i] = Math.round(decade * STEPS[step]);
      if (step == STEPS.length - 1) {
        decade *= 10;
      }
    }
    bounds[bounds.length - 1] = Long.MAX_VALUE;
    return bounds;
  }

  /** For each part of a doubling, the bucket of the least duration in it. */
  private static int[] first() {
    int[] first = new int[Long.SIZE << PART_BITS];
    for (int i = PARTS << PART_BITS; i < first.length; i++) {
      int exponent = i >> PART_BITS;
      long least = (PARTS | (i & (PARTS - 1L))) << (exponent - PART_BITS);
      while (first[i] < BOUNDS.length - 1 && least > BOUNDS[first[i]]) {
        first[i]++;
      }
    }
    return first;
  }

  /** The number of buckets. */
  public static int buckets() {
    return BOUNDS.length;
  }

  /** The longest duration of a bucket in nanoseconds; for the last one the greatest number. */
  public static long bound(int bucket) {
    return BOUNDS[bucket];
  }

  /** The longest duration of a bucket in seconds; infinite for the last one. */
  public static double boundInSeconds(int bucket) {
    return bucket < BOUNDS.length - 1 ? BOUNDS[bucket] / NANOS : Double.POSITIVE_INFINITY;
  }

  /** A part of a doubling is so short that it has at most one bound. */
  static int bucket(long nanos) {
    if (nanos <= LEAST_NANOS) {
      return 0;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int part = (int) (nanos >> (exponent - PART_BITS)) & (PARTS - 1);
    int first = FIRST[exponent << PART_BITS | part];
    return nanos > BOUNDS[first] ? first + 1 : first;
  }

  /**
   * Records a duration.
   *
   * @param nanos in nanoseconds; what is below 0 counts as 0
   */
  public void record(long nanos) {
    counts[bucket(nanos)].increment();
    sum.add(Math.max(nanos, 0));
  }

  /** Records a duration. */
  public void record(Duration duration) {
    record(duration.toNanos());
  }

  /** The number in each bucket now. */
  public long[] counts() {
    long[] now = new long[counts.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts[i].sum();
    }
    return now;
  }

  /** The sum of all durations in seconds. */
  public double seconds() {
    return sum.sum() / NANOS;
  }
}
