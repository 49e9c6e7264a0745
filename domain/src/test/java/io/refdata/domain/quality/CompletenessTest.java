package io.refdata.domain.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.ExaminedSeries.Origin;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final int ALL = 100_000;

  private static ExaminedSeries series(String key, LongStream periods) {
    ExaminedSeries series = new ExaminedSeries(1, key);
    periods.forEach(period -> series.add(period, 1, Origin.BEFORE));
    return series;
  }

  private static long day(String day) {
    return LocalDate.parse(day).toEpochDay();
  }

  private static boolean isWorkday(long day) {
    return LocalDate.ofEpochDay(day).getDayOfWeek().getValue() <= 5;
  }

  @Test
  void whatLiesBetweenTwoValuesIsAGap() {
    Completeness found =
        Completeness.of(
            Frequency.A,
            List.of(
                series("A", LongStream.of(0, 1, 4, 5, 7)),
                series("B", LongStream.of(3, 4, 5)),
                series("C", LongStream.empty())),
            ALL,
            1);
    assertThat(found.due()).isEqualTo(11);
    assertThat(found.present()).isEqualTo(8);
    assertThat(found.gaps()).isEqualTo(2);
    assertThat(found.seriesWithGaps()).isEqualTo(1);
    assertThat(found.behind()).isEqualTo(1);
    assertThat(found.from()).isEqualTo("1970");
    assertThat(found.longest()).containsExactly(new Gap("A", "1972", "1973", 2));
  }

  @Test
  void anHourOfMinutesThatCameOnceIsNotClosed() {
    long monday = day("2026-01-05") * 1_440;
    long outage = monday + 1_440 + 600;
    LongStream minutes =
        LongStream.range(monday, monday + 3 * 1_440)
            .filter(minute -> minute < outage || minute >= outage + 60);
    Completeness found = Completeness.of(Frequency.N, List.of(series("A", minutes)), ALL, 10);
    assertThat(found.closedTimes()).isEmpty();
    assertThat(found.due() - found.present()).isEqualTo(60);
  }

  @Test
  void aWeekdayThatTheDataLacksIsClosed() {
    LongStream days =
        LongStream.rangeClosed(day("2026-01-01"), day("2026-03-31"))
            .filter(CompletenessTest::isWorkday)
            .filter(
                day ->
                    day != day("2026-02-11")
                        && day != day("2026-02-06")
                        && day != day("2026-02-09"));
    Completeness found = Completeness.of(Frequency.D, List.of(series("A", days)), ALL, 10);
    assertThat(found.closedTimes()).containsExactly("Saturday", "Sunday");
    assertThat(found.longest())
        .containsExactly(
            new Gap("A", "2026-02-06", "2026-02-09", 2),
            new Gap("A", "2026-02-11", "2026-02-11", 1));
    assertThat(found.due() - found.present()).isEqualTo(3);
    assertThat(found.due()).isEqualTo(64);
  }

  @Test
  void aDayThatNearlyAllSeriesLackIsClosed() {
    List<ExaminedSeries> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      all.add(
          series(
              "S" + i,
              LongStream.rangeClosed(day("2026-01-01"), day("2026-01-31"))
                  .filter(day -> day != day("2026-01-06") || number == 0)
                  .filter(day -> day != day("2026-01-20") || number > 3)));
    }
    Completeness found = Completeness.of(Frequency.D, all, ALL, 10);
    assertThat(found.closedPeriods()).isEqualTo(1);
    assertThat(found.gaps()).isEqualTo(4);
    assertThat(found.longest()).allMatch(gap -> gap.from().equals("2026-01-20"));
  }

  @Test
  void onlyTheLatestPeriodsAreLookedAt() {
    Completeness found =
        Completeness.of(Frequency.A, List.of(series("A", LongStream.of(0, 100, 102, 103))), 5, 10);
    assertThat(found.due()).isEqualTo(4);
    assertThat(found.gaps()).isEqualTo(1);
    assertThat(Completeness.of(Frequency.A, List.of(), 5, 10).due()).isZero();
  }

  @Test
  void anHourOfTheWeekCanBeClosed() {
    long monday = LocalDate.parse("2026-01-05").toEpochDay() * 24;
    LongStream hours = LongStream.range(monday, monday + 7 * 24 * 6).filter(hour -> hour % 24 != 5);
    Completeness found = Completeness.of(Frequency.H, List.of(series("A", hours)), ALL, 10);
    assertThat(found.closedTimes()).hasSize(7).contains("Sunday 05:00");
    assertThat(found.gaps()).isZero();
  }
}
