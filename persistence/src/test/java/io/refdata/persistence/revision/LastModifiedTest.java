package io.refdata.persistence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastModifiedTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @Test
  void itIsRoundedUp() {
    assertThat(LastModified.of(NOON, null).second()).isEqualTo(NOON.getEpochSecond());
    assertThat(LastModified.of(NOON.plusNanos(1_000), null).second())
        .isEqualTo(NOON.getEpochSecond() + 1);
    assertThat(LastModified.of(NOON.plusMillis(1_000), null).second())
        .isEqualTo(NOON.getEpochSecond() + 1);
  }

  @Test
  void whoHasTheSecondHasItAll() {
    LastModified only = LastModified.of(NOON.plusMillis(500), NOON);
    assertThat(only.isKnownTo(only.second())).isTrue();
    assertThat(only.isKnownTo(only.second() - 1)).isFalse();
  }

  @Test
  void whatDependsOnTheDayIsNeverOlderThanTheDay() {
    long midnight = NOON.getEpochSecond();
    LastModified yesterday = LastModified.of(NOON.minusSeconds(60), null).since(midnight);
    assertThat(yesterday).isEqualTo(new LastModified(midnight, true));
    LastModified justBefore = LastModified.of(NOON.minusMillis(300), null).since(midnight);
    assertThat(justBefore.second()).isEqualTo(midnight);
    assertThat(justBefore.isKnownTo(midnight)).as("from before midnight").isFalse();
    LastModified today = LastModified.of(NOON.plusMillis(300), null);
    assertThat(today.since(midnight)).isEqualTo(today);
  }

  @Test
  void unlessTwoChangesFellIntoIt() {
    LastModified second = LastModified.of(NOON.plusMillis(500), NOON.plusMillis(200));
    assertThat(second.isKnownTo(second.second())).isFalse();
    assertThat(second.isKnownTo(second.second() + 1)).isTrue();
  }
}
