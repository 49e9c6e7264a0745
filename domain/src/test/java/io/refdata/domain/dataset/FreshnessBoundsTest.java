package io.refdata.domain.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.FreshnessBounds.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessBoundsTest {
  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  @Test
  void theBoundsOfTheDatasetGoFirst() {
    FreshnessBounds bounds = FreshnessBounds.of(new Freshness("PT1H", null), Frequency.A);
    assertThat(bounds).isEqualTo(new FreshnessBounds("PT1H", null, Source.DATASET));
    assertThat(bounds.state(NOW.minusSeconds(3_599), NOW)).isEqualTo(FreshnessState.FRESH);
    assertThat(bounds.state(NOW.minusSeconds(3_600), NOW)).isEqualTo(FreshnessState.WARN);
    assertThat(bounds.state(Instant.EPOCH, NOW)).isEqualTo(FreshnessState.WARN);
    assertThat(bounds.state(null, NOW)).isEqualTo(FreshnessState.WARN);
  }

  @Test
  void withoutThemTheFrequencySaysWhatIsLate() {
    for (Frequency frequency : Frequency.values()) {
      FreshnessBounds bounds = FreshnessBounds.of(new Freshness(null, null), frequency);
      assertThat(bounds.source()).isEqualTo(Source.FREQUENCY);
      assertThat(bounds.state(NOW, NOW)).isEqualTo(FreshnessState.FRESH);
      assertThat(bounds.state(frequency.floor(NOW), NOW)).isEqualTo(FreshnessState.FRESH);
      assertThat(bounds.state(null, NOW)).isEqualTo(FreshnessState.STALE);
    }
  }

  @Test
  void monthsAreThoseOfTheCalendar() {
    FreshnessBounds bounds = FreshnessBounds.of(new Freshness("P1M", "P1Y"), Frequency.M);
    assertThat(bounds.state(Instant.parse("2026-02-28T12:00:00Z"), NOW))
        .isEqualTo(FreshnessState.WARN);
    assertThat(bounds.state(Instant.parse("2026-02-28T12:00:01Z"), NOW))
        .isEqualTo(FreshnessState.FRESH);
    assertThat(bounds.state(Instant.parse("2025-03-31T12:00:00Z"), NOW))
        .isEqualTo(FreshnessState.STALE);
  }

  @Test
  void aTimeInTheFutureIsFresh() {
    assertThat(
            FreshnessBounds.of(new Freshness("PT1S", "PT1S"), Frequency.D)
                .state(NOW, NOW.minusSeconds(5)))
        .isEqualTo(FreshnessState.FRESH);
  }
}
