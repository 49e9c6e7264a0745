package io.refdata.persistence.metrics.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {
  /** Those of Prometheus's histogram must be bounds of buckets: they are counted exactly. */
  private static final double[] SHOWN = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  @Test
  void theBoundsRiseFromTenMicrosecondsToTenSeconds() {
    assertThat(Durations.bound(0)).isEqualTo(10_000);
    assertThat(Durations.bound(Durations.buckets() - 2)).isEqualTo(10_000_000_000L);
    assertThat(Durations.bound(Durations.buckets() - 1)).isEqualTo(Long.MAX_VALUE);
    for (int i = 1; i < Durations.buckets() - 1; i++) {
      double step = (double) Durations.bound(i) / Durations.bound(i - 1);
      assertThat(step).as("bound %d", i).isBetween(1.39, 1.61);
    }
  }

  @Test
  void allShownBoundsAreBounds() {
    List<Double> bounds =
        IntStream.range(0, Durations.buckets()).mapToObj(Durations::boundInSeconds).toList();
    for (double shown : SHOWN) {
      assertThat(bounds).contains(shown);
    }
  }

  @Test
  void aDurationIsInTheFirstBucketWhoseBoundIsNotLess() {
    LongStream edges =
        IntStream.range(0, Durations.buckets() - 1)
            .mapToLong(Durations::bound)
            .flatMap(bound -> LongStream.of(bound - 1, bound, bound + 1));
    LongStream bits = IntStream.range(0, 63).mapToLong(bit -> 1L << bit);
    LongStream odd = LongStream.of(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE);
    LongStream.concat(LongStream.concat(edges, bits), odd)
        .forEach(
            nanos -> {
              int slow = 0;
              while (nanos > Durations.bound(slow)) {
                slow++;
              }
              assertThat(Durations.bucket(nanos)).as("%d ns", nanos).isEqualTo(slow);
            });
  }

  @Test
  void nothingIsLostWhenManyRecordAtOnce() {
    Durations durations = new Durations();
    int threads = 4;
    int times = 50_000;
    CompletableFuture<?>[] all =
        IntStream.range(0, threads)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < times; i++) {
                            durations.record(1_000_000);
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).join();
    assertThat(new DurationCounts(durations.counts()).count()).isEqualTo((long) threads * times);
    assertThat(durations.seconds()).isCloseTo(threads * times / 1e3, within(1e-6));
  }

  @Test
  void aPercentileIsEstimatedWithinItsBucket() {
    Durations durations = new Durations();
    for (int millis = 1; millis <= 100; millis++) {
      durations.record(Duration.ofMillis(millis));
    }
    DurationCounts counts = new DurationCounts(durations.counts());
    assertThat(counts.percentile(0.95).orElseThrow().toNanos() / 1e6).isCloseTo(95, within(2.0));
    assertThat(counts.percentile(0.5).orElseThrow()).isEqualTo(Duration.ofMillis(50));
    assertThat(new DurationCounts(new Durations().counts()).percentile(0.95)).isEmpty();
  }

  @Test
  void aPercentileBeyondTheLongestBoundIsThatBound() {
    Durations durations = new Durations();
    durations.record(Duration.ofMinutes(1));
    DurationCounts counts = new DurationCounts(durations.counts());
    assertThat(counts.percentile(0.99)).contains(Duration.ofSeconds(10));
  }
}
