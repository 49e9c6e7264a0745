package io.refdata.persistence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Bounds BOUNDS = Bounds.atLeast(80.0, 95.0);
  private static final Duration TICK = Duration.ofSeconds(15);

  private Standing standing = Standing.NONE;
  private Instant now = Instant.parse("2026-11-27T08:00:00Z");

  /** Looks once a tick. */
  private Severity after(@Nullable Double... values) {
    for (@Nullable Double value : values) {
      standing = standing.next(value, BOUNDS, now);
      now = now.plus(TICK);
    }
    return standing.severity();
  }

  @Test
  void anAlertOpensWhenAValueHasBeenBadForItsTime() {
    assertThat(after(85.0, 85.0)).isEqualTo(Severity.NONE);
    assertThat(standing.isOver()).isFalse();
    assertThat(after(85.0)).isEqualTo(Severity.WARNING);
  }

  @Test
  void aShortPeakOpensNothing() {
    assertThat(after(99.0, 99.0, 10.0, 99.0, 99.0, 10.0)).isEqualTo(Severity.NONE);
    assertThat(standing.isOver()).isTrue();
  }

  @Test
  void anAlertStaysOpenBetweenItsBounds() {
    after(85.0, 85.0, 85.0);
    assertThat(after(79.0, 75.0, 73.0, 79.0, 72.5)).isEqualTo(Severity.WARNING);
    assertThat(after(71.0, 71.0)).isEqualTo(Severity.WARNING);
    assertThat(after(71.0)).isEqualTo(Severity.NONE);
    assertThat(standing.isOver()).isTrue();
  }

  @Test
  void aValueAroundTheBoundDoesNotFlap() {
    int changes = 0;
    Severity before = Severity.NONE;
    for (int i = 0; i < 200; i++) {
      Severity severity = after(i % 3 == 0 ? 78.0 : 82.0);
      changes += severity == before ? 0 : 1;
      before = severity;
    }
    assertThat(changes).isLessThanOrEqualTo(1);
  }

  @Test
  void aSubjectThatIsGoneClosesAfterItsTime() {
    after(85.0, 85.0, 85.0);
    assertThat(after(null, null)).isEqualTo(Severity.WARNING);
    assertThat(after((Double) null)).isEqualTo(Severity.NONE);
  }

  @Test
  void aWorseValueTurnsAWarningIntoACritical() {
    after(85.0, 85.0, 85.0);
    assertThat(after(96.0, 96.0)).isEqualTo(Severity.WARNING);
    assertThat(after(96.0)).isEqualTo(Severity.CRITICAL);
    assertThat(after(90.0, 90.0, 90.0)).as("within its margin").isEqualTo(Severity.CRITICAL);
    assertThat(after(84.0, 84.0, 84.0)).isEqualTo(Severity.WARNING);
    assertThat(after(1.0, 1.0, 1.0)).isEqualTo(Severity.NONE);
  }

  @Test
  void whatBecomesCriticalWhileItOpensOpensAsAWarning() {
    assertThat(after(85.0, 96.0, 96.0)).isEqualTo(Severity.WARNING);
    assertThat(after(96.0, 96.0)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void withoutATimeItOpensAtOnce() {
    Bounds atOnce = BOUNDS.openAfter(Duration.ZERO);
    assertThat(Standing.NONE.next(96.0, atOnce, now).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void lowCanBeBad() {
    Bounds low = Bounds.atMost(20.0, 5.0);
    assertThat(low.of(20.0, Severity.NONE)).isEqualTo(Severity.WARNING);
    assertThat(low.of(21.0, Severity.NONE)).isEqualTo(Severity.NONE);
    assertThat(low.of(21.0, Severity.WARNING)).isEqualTo(Severity.WARNING);
    assertThat(low.of(23.0, Severity.WARNING)).isEqualTo(Severity.NONE);
    assertThat(low.of(5.0, Severity.NONE)).isEqualTo(Severity.CRITICAL);
  }
}
