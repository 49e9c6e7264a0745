package io.refdata.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  /** {@code performance_monitoring.bucket_ms}, in nanoseconds. */
  private static double least(int bucket) {
    return 1024 * (bucket < 8 ? bucket : (8 + bucket % 8) * Math.pow(2, bucket / 8 - 1));
  }

  @Test
  void everyDurationLiesInItsBucket() {
    for (long nanos = 1; nanos < 2_000_000_000_000L; nanos = nanos * 9 / 8 + 1) {
      int bucket = Latencies.bucket(nanos);
      assertThat((double) nanos)
          .isGreaterThanOrEqualTo(least(bucket))
          .isLessThan(least(bucket + 1));
      assertThat((double) Latencies.end(bucket)).isEqualTo(least(bucket + 1));
      if (bucket >= 8) {
        assertThat(least(bucket + 1) / least(bucket)).isLessThanOrEqualTo(1.125);
      }
    }
  }

  @Test
  void aDurationBeyondAllBucketsIsInTheLast() {
    Latencies latencies = new Latencies();
    latencies.record(Long.MAX_VALUE);
    latencies.record(-1);
    long[] counts = latencies.counts();
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[counts.length - 1]).isEqualTo(1);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(2);
  }
}
