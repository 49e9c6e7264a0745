package io.refdata.domain.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void leapYearsAndLongYearsAreExact() {
    assertThat(due(Frequency.D, Frequency.A, "2020")).isEqualTo(366);
    assertThat(due(Frequency.D, Frequency.A, "2019")).isEqualTo(365);
    assertThat(due(Frequency.D, Frequency.M, "2020-02")).isEqualTo(29);
    assertThat(due(Frequency.D, Frequency.Q, "2019-Q1")).isEqualTo(90);
    assertThat(due(Frequency.D, Frequency.W, "2020-W53")).isEqualTo(7);
    assertThat(due(Frequency.M, Frequency.Q, "2020-Q3")).isEqualTo(3);
    assertThat(due(Frequency.M, Frequency.A, "2020")).isEqualTo(12);
    assertThat(due(Frequency.Q, Frequency.S, "2020-S2")).isEqualTo(2);
    assertThat(due(Frequency.S, Frequency.A, "2020")).isEqualTo(2);
    assertThat(due(Frequency.W, Frequency.A, "2020")).isEqualTo(53);
    assertThat(due(Frequency.W, Frequency.A, "2021")).isEqualTo(52);
    assertThat(due(Frequency.W, Frequency.M, "2020-12")).isEqualTo(5);
    assertThat(due(Frequency.H, Frequency.D, "2020-03-29")).isEqualTo(24);
    assertThat(due(Frequency.H, Frequency.A, "2020")).isEqualTo(8784);
    assertThat(due(Frequency.N, Frequency.D, "2020-03-29")).isEqualTo(1440);
    assertThat(due(Frequency.A, Frequency.A, "2020")).isEqualTo(1);
  }

  @Test
  void aDayOfAZoneHas23Or25HoursTwiceAYear() {
    Resampling days = new Resampling(Frequency.H, Frequency.D, BERLIN);
    assertThat(days.due(number(Frequency.D, "2020-03-28"))).isEqualTo(24);
    assertThat(days.due(number(Frequency.D, "2020-03-29"))).isEqualTo(23);
    assertThat(days.due(number(Frequency.D, "2020-10-25"))).isEqualTo(25);
    assertThat(days.target(Instant.parse("2020-06-30T21:00:00Z")))
        .isEqualTo(number(Frequency.D, "2020-06-30"));
    assertThat(days.target(Instant.parse("2020-06-30T22:00:00Z")))
        .isEqualTo(number(Frequency.D, "2020-07-01"));
    assertThat(
            new Resampling(Frequency.N, Frequency.D, BERLIN).due(number(Frequency.D, "2020-10-25")))
        .isEqualTo(25 * 60);
  }

  @Test
  void aWeekBelongsToTheMonthOfItsThursday() {
    Resampling months = new Resampling(Frequency.W, Frequency.M, ZoneOffset.UTC);
    // From Monday, 30 December 2019 on: its Thursday is 2 January.
    assertThat(months.target(start("2020-W01"))).isEqualTo(number(Frequency.M, "2020-01"));
    // From Monday, 27 April 2020 on: its Thursday is 30 April.
    assertThat(months.target(start("2020-W18"))).isEqualTo(number(Frequency.M, "2020-04"));
    Resampling years = new Resampling(Frequency.W, Frequency.A, ZoneOffset.UTC);
    assertThat(years.target(start("2020-W53"))).isEqualTo(number(Frequency.A, "2020"));
  }

  /** For each pair of frequencies, over six years: as many are due as belong to a period. */
  @Test
  void whatIsDueIsWhatBelongs() {
    for (ZoneId zone : List.of(ZoneOffset.UTC, BERLIN, ZoneId.of("Asia/Kolkata"))) {
      for (Frequency source : Frequency.values()) {
        for (Frequency target : Frequency.values()) {
          boolean days = source == Frequency.H;
          if (target.compareTo(source) <= 0
              && target.compareTo(Frequency.D) <= 0
              && source != Frequency.N
              && (days || zone.equals(ZoneOffset.UTC))) {
            checkDue(new Resampling(source, target, zone));
          }
        }
      }
    }
  }

  private static void checkDue(Resampling resampling) {
    long first = resampling.target().number(Instant.parse("2015-01-01T00:00:00Z"));
    long last = resampling.target().number(Instant.parse("2020-12-31T00:00:00Z"));
    List<Long> due = new ArrayList<>();
    for (long period = first; period <= last; period++) {
      due.add(resampling.due(period));
    }
    long[] belong = new long[due.size()];
    Frequency source = resampling.source();
    long end = source.number(resampling.after(last));
    for (long one = source.number(resampling.earliest(first)); one <= end; one++) {
      int at = (int) (resampling.target(source.startOf(one)) - first);
      if (at >= 0 && at < belong.length) {
        belong[at]++;
      }
    }
    assertThat(belong).as(resampling.toString()).containsExactly(due.toArray(Long[]::new));
  }

  /**
   * For random longer periods of each pair: what belongs lies between the two instants, all of it.
   */
  @Test
  void whatBelongsLiesBetweenTheInstantsThatAreRead() {
    Random random = new Random(18);
    for (ZoneId zone :
        List.of(ZoneOffset.UTC, BERLIN, ZoneId.of("Asia/Kolkata"), ZoneId.of("Pacific/Apia"))) {
      for (Frequency source : Frequency.values()) {
        for (Frequency target : Frequency.values()) {
          boolean days = source == Frequency.H;
          if (target.compareTo(source) <= 0
              && target.compareTo(Frequency.D) <= 0
              && source != Frequency.N
              && (days || zone.equals(ZoneOffset.UTC))) {
            for (int trial = 0; trial < 20; trial++) {
              Instant at = Instant.ofEpochSecond(random.nextLong(60L * 365 * 86_400));
              checkInstants(new Resampling(source, target, zone), target.number(at));
            }
          }
        }
      }
    }
  }

  private static void checkInstants(Resampling resampling, long period) {
    Frequency source = resampling.source();
    Instant from = resampling.earliest(period);
    Instant before = resampling.after(period);
    long end = source.number(before) + 20;
    int there = 0;
    for (long one = source.number(from) - 20; one <= end; one++) {
      Instant start = source.startOf(one);
      boolean belongs = resampling.target(start) == period;
      assertThat(!start.isBefore(from) && start.isBefore(before))
          .as("%s of %s in %s, %s", start, period, resampling, belongs)
          .isEqualTo(belongs);
      there += belongs ? 1 : 0;
    }
    assertThat((long) there).as(resampling + " " + period).isEqualTo(resampling.due(period));
  }

  @Test
  void onlyLongerPeriodsAreMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resampling(Frequency.A, Frequency.M, ZoneOffset.UTC));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Resampling(Frequency.D, Frequency.M, BERLIN));
  }

  @Test
  void aPeriodIsWorkedOutByItsRule() {
    assertThat(value(Aggregation.SUM)).isEqualTo(6);
    assertThat(value(Aggregation.MEAN)).isEqualTo(2);
    assertThat(value(Aggregation.FIRST)).isEqualTo(3);
    assertThat(value(Aggregation.LAST)).isEqualTo(2);
    assertThat(value(Aggregation.MIN)).isEqualTo(1);
    assertThat(value(Aggregation.MAX)).isEqualTo(3);
  }

  private static double value(Aggregation aggregation) {
    Period period = new Period(aggregation);
    period.add(Double.NaN, "O", 1);
    for (double value : List.of(3.0, 1.0, 2.0)) {
      period.add(value, "A", 1);
    }
    period.add(Double.NaN, "O", 1);
    return period.value();
  }

  @Test
  void theMeanOfLargeValuesIsThereThoughTheirSumIsNot() {
    Period mean = new Period(Aggregation.MEAN);
    Period sum = new Period(Aggregation.SUM);
    for (int i = 0; i < 3; i++) {
      mean.add(1e308, "A", 1);
      sum.add(1e308, "A", 1);
    }
    assertThat(mean.value()).isEqualTo(1e308);
    assertThat(mean.status(3)).isEqualTo("A");
    assertThat(sum.value()).isNaN();
    assertThat(sum.status(3)).isEqualTo("M");
  }

  @Test
  void theMeanOfEqualValuesIsTheirValue() {
    Period period = new Period(Aggregation.MEAN);
    for (int i = 0; i < 3; i++) {
      period.add(0.7, "A", 1);
    }
    assertThat(period.value()).isEqualTo(0.7);
  }

  @Test
  void sharesThatAreAddedUpAreWhatTheyWere() {
    for (double share : List.of(0.8, 0.9, 0.95, 0.6)) {
      for (int periods : List.of(3, 12, 365, 8_760)) {
        Period period = new Period(Aggregation.SUM);
        for (int i = 0; i < periods; i++) {
          period.add(1, "A", share);
        }
        assertThat(period.coverage(periods)).as(share + " " + periods).isEqualTo(share);
      }
    }
    assertThat(Period.share(1, 3)).isEqualTo(1.0 / 3);
  }

  @Test
  void aPeriodSaysWhatItLacksAndTheWorstStatus() {
    Period period = new Period(Aggregation.SUM);
    assertThat(period.value()).isNaN();
    assertThat(period.coverage(2)).isZero();
    assertThat(period.status(2)).isEqualTo("I");
    period.add(1, "P", 1);
    assertThat(period.coverage(2)).isEqualTo(0.5);
    assertThat(period.status(2)).isEqualTo("I");
    period.add(1, "E", 1);
    assertThat(period.coverage(2)).isEqualTo(1);
    assertThat(period.status(2)).isEqualTo("E");
    assertThat(Status.worse("A", "N")).isEqualTo("N");
    assertThat(Status.worse("N", "K")).isEqualTo(Status.worse("K", "N"));
  }

  private static long due(Frequency source, Frequency target, String period) {
    return new Resampling(source, target, ZoneOffset.UTC).due(number(target, period));
  }

  private static long number(Frequency frequency, String period) {
    return frequency.number(frequency.parse(period).orElseThrow());
  }

  private static Instant start(String week) {
    return Frequency.W.parse(week).orElseThrow();
  }
}
