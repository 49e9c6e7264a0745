package io.refdata.persistence.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-27T23:59:59.999Z"));
  private final Versions versions = new Versions(now::get);

  @Test
  void whatDependsOnTheDayIsFreshUntilItEnds() {
    int[] today =
        new Dependencies().add("memberships").addDay(LocalDate.parse("2026-11-27")).buckets();
    int[] tomorrow = new Dependencies().addDay(LocalDate.parse("2026-11-28")).buckets();
    long since = versions.now();
    assertThat(versions.fresh(today, since)).isTrue();
    assertThat(versions.fresh(tomorrow, since)).isFalse();
    now.set(Instant.parse("2026-11-28T00:00:00Z"));
    assertThat(versions.fresh(today, since)).isFalse();
    assertThat(versions.fresh(tomorrow, since)).isTrue();
  }

  @Test
  void whatDependsOnTheDayIsNotFreshAfterAWriteEither() {
    int[] read =
        new Dependencies().add("memberships").addDay(LocalDate.parse("2026-11-27")).buckets();
    long since = versions.now();
    try (Change change = versions.begin()) {
      change.touch(new Dependencies().add("memberships"));
      change.committed();
    }
    assertThat(versions.fresh(read, since)).isFalse();
  }
}
