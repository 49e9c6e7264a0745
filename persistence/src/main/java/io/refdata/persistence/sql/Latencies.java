package io.refdata.persistence.sql;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets, eight for each doubling, so that a percentile read from them is at
 * most 12.5 % too high. The unit is 1,024 nanoseconds; what takes longer than 36 minutes is in the
 * last bucket. {@code performance_monitoring.bucket_ms} has the bounds of the buckets.
 */
final class Latencies {
  private static final int UNIT_BITS = 10;
  private static final int SUB_BITS = 3;
  private static final int SUBS = 1 << SUB_BITS;
  private static final long GREATEST = (1L << 31) - 1;
  private static final int BUCKETS = bucket(GREATEST << UNIT_BITS) + 1;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void record(long nanos) {
    counts.getAndIncrement(bucket(nanos));
  }

  /** The counts of all buckets now. */
  long[] counts() {
    long[] now = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      now[i] = counts.get(i);
    }
    return now;
  }

  static int bucket(long nanos) {
    long value = Math.min(Math.max(nanos, 0) >> UNIT_BITS, GREATEST);
    if (value < SUBS) {
      return (int) value;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int sub = (int) (value >> (exponent - SUB_BITS)) & (SUBS - 1);
    return ((exponent - SUB_BITS + 1) << SUB_BITS) | sub;
  }

  /** The least duration in nanoseconds that is beyond a bucket. */
  static long end(int bucket) {
    int next = bucket + 1;
    if (next < 2 * SUBS) {
      return (long) next << UNIT_BITS;
    }
    int shift = (next >> SUB_BITS) - 1;
    return (long) (SUBS + (next & (SUBS - 1))) << (shift + UNIT_BITS);
  }
}
