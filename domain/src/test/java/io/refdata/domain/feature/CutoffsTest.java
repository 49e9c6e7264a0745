package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutoffsTest {
  private static List<Instant> every(String step, String end, int most) {
    return new Cutoffs.Every(Period.parse(step)).upTo(Instant.parse(end), most);
  }

  @Test
  void monthsBeginOnTheirFirstDay() {
    assertThat(every("P1M", "2026-03-01T00:00:00Z", 2))
        .containsExactly(
            Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(every("P3M", "2026-03-31T12:00:00Z", 2))
        .containsExactly(
            Instant.parse("2025-10-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(every("P1Y", "2026-03-31T12:00:00Z", 1))
        .containsExactly(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void weeksBeginOnMonday() {
    assertThat(every("P1W", "2026-11-27T19:00:00Z", 1))
        .containsExactly(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(every("P1D", "2026-11-27T19:00:00Z", 1))
        .containsExactly(Instant.parse("2026-11-27T00:00:00Z"));
  }

  @Test
  void aStepIsInMonthsOrInDays() {
    assertThat(Cutoffs.Every.isStep(Period.parse("P1M"))).isTrue();
    assertThat(Cutoffs.Every.isStep(Period.parse("P2W"))).isTrue();
    assertThat(Cutoffs.Every.isStep(Period.parse("P1M1D"))).isFalse();
    assertThat(Cutoffs.Every.isStep(Period.parse("P0D"))).isFalse();
    assertThat(Cutoffs.Every.isStep(Period.parse("-P1M"))).isFalse();
  }

  @Test
  void theYear1970IsTheFirst() {
    assertThat(every("P1Y", "1971-06-01T00:00:00Z", 10)).hasSize(2);
  }
}
