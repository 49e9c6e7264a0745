package io.refdata.persistence.metrics.duration;

import java.time.Duration;
import java.util.Optional;

/**
 * The number of durations in each bucket of {@link Durations}.
 *
 * @param buckets as many as {@link Durations#buckets}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DurationCounts(long[] buckets) {
  /** The number of all durations. */
  public long count() {
    long all = 0;
    for (long bucket : buckets) {
      all += bucket;
    }
    return all;
  }

  /**
   * The duration that a share of all did not exceed, estimated within its bucket; the longest bound
   * if it is in the last bucket. Empty if there are none.
   *
   * @param share above 0 and at most 1, such as 0.95
   */
  public Optional<Duration> percentile(double share) {
    double wanted = share * count();
    double before = 0;
    for (int i = 0; i < buckets.length - 1; i++) {
      if (buckets[i] > 0 && before + buckets[i] >= wanted) {
        long from = from(i);
        double part = (wanted - before) / buckets[i];
        return Optional.of(Duration.ofNanos(from + Math.round(part * (Durations.bound(i) - from))));
      }
      before += buckets[i];
    }
    return count() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Durations.bound(buckets.length - 2)));
  }

  private static long from(int bucket) {
    return bucket == 0 ? 0 : Durations.bound(bucket - 1);
  }
}
