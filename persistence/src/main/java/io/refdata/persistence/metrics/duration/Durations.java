package io.refdata.persistence.metrics.duration;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long things of one kind took: their number in each of a few buckets, and the sum. The bounds
 * of the buckets rise by about a half, from 10 microseconds to 10 seconds; what takes longer is in
 * the last bucket. All counts only rise. To record takes a few nanoseconds, from any thread.
 */
public final class Durations {
  /** The bounds of a decade, each for all decades. */
  private static final double[] STEPS = {1, 1.6, 2.5, 3.5, 5, 7};

  private static final int DECADES = 6;
  private static final long LEAST_NANOS = 10_000;
  private static final long[] BOUNDS = bounds();
  private static final int[] FIRST = first();
  private static final double NANOS = 1e9;

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder sum = new LongAdder();

  public Durations() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  private static long[] bounds() {
    long[] bounds = new long[DECADES * STEPS.length + 1];
    long decade = LEAST_NANOS;
    for (int i = 0; i < bounds.length; i++) {
      int step = i % STEPS.length;
      bounds[i] = Math.round(decade * STEPS[step]);
      if (step == STEPS.length - 1) {
        decade *= 10;
      }
    }
    return bounds;
  }

  /** For each number of bits, the bucket of the least duration that has so many. */
  private static int[] first() {
    int[] first = new int[Long.SIZE];
    for (int bits = 1; bits < Long.SIZE; bits++) {
      long least = 1L << (bits - 1);
      int bucket = 0;
      while (bucket < BOUNDS.length && least > BOUNDS[bucket]) {
        bucket++;
      }
      first[bits] = bucket;
    }
    return first;
  }

  /** The number of buckets. */
  public static int buckets() {
    return BOUNDS.length + 1;
  }

  /** The longest duration of a bucket in nanoseconds; the last bucket has none. */
  public static long bound(int bucket) {
    return bucket < BOUNDS.length ? BOUNDS[bucket] : Long.MAX_VALUE;
  }

  /** The longest duration of a bucket in seconds; infinite for the last one. */
  public static double boundInSeconds(int bucket) {
    return bucket < BOUNDS.length ? BOUNDS[bucket] / NANOS : Double.POSITIVE_INFINITY;
  }

  static int bucket(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    int bucket = FIRST[Long.SIZE - Long.numberOfLeadingZeros(nanos)];
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
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
