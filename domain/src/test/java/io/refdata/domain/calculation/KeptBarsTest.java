package io.refdata.domain.calculation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.calculation.KeptBars.Known;
import io.refdata.domain.calculation.KeptBars.Recorded;
import io.refdata.domain.calculation.KeptBars.Values;
import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeptBarsTest {
  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MONDAY = Instant.parse("2025-06-02T00:00:00Z");
  private static final int DAYS = 90;

  private static Instant day(int number) {
    return DAY.plus(number, ChronoUnit.DAYS);
  }

  private static Bars bars(double[] values, int from, Frequency frequency) {
    Bars bars = new Bars(Frequency.D);
    for (int i = from; i < values.length; i++) {
      bars.add(day(i), values[i], i % 23 == 5 ? "E" : "A");
    }
    return bars.of(frequency);
  }

  /** Those of weeks that begin on a day or later. */
  private static Bars ofWeeks(double[] values, Instant from, Frequency frequency) {
    Bars bars = new Bars(Frequency.W);
    for (int i = 0; i < values.length; i++) {
      Instant monday = MONDAY.plus(7L * i, ChronoUnit.DAYS);
      if (!monday.isBefore(from)) {
        bars.add(monday, values[i], i % 23 == 5 ? "E" : "A");
      }
    }
    return bars.of(frequency);
  }

  private static double[] prices(SplittableRandom random) {
    double[] prices = new double[DAYS];
    for (int i = 0; i < DAYS; i++) {
      // Few different ones, so that lines touch; some days have none.
      prices[i] = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(4);
    }
    return prices;
  }

  private static NavigableMap<Instant, Recorded> recorded(Line line, Bars bars) {
    NavigableMap<Instant, Recorded> recorded = new TreeMap<>();
    double[] values = line.values(bars);
    String[] statuses = line.statuses(bars);
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        recorded.put(bars.start(i), new Recorded(values[i], statuses[i]));
      }
    }
    return recorded;
  }

  @Test
  void wholeValuesAreThoseOfAllBarsToTheBit() {
    for (int round = 0; round < 400; round++) {
      SplittableRandom random = new SplittableRandom(round);
      double[] prices = prices(random);
      Frequency frequency = random.nextBoolean() ? Frequency.D : Frequency.W;
      int gone = random.nextInt(DAYS);
      Bars all = bars(prices, 0, frequency);
      Bars left = bars(prices, gone, frequency);
      assertThatWholeValuesAreThoseOfAll(random, all, left, day(gone), Integer.toString(round));
    }
  }

  @Test
  void aMonthIsWholeOnlyIfTheWeekOfItsFirstThursdayIs() {
    for (int round = 0; round < 400; round++) {
      SplittableRandom random = new SplittableRandom(round);
      double[] prices = prices(random);
      Frequency frequency = random.nextBoolean() ? Frequency.M : Frequency.Q;
      // Partitions of months and years begin on the first of a month, some of others on Mondays.
      Instant gone =
          random.nextInt(3) == 0
              ? MONDAY.plus(7L * random.nextInt(DAYS), ChronoUnit.DAYS)
              : LocalDate.of(2025, 6, 1)
                  .plusMonths(random.nextInt(20))
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant();
      Bars all = ofWeeks(prices, Instant.MIN, frequency);
      Bars left = ofWeeks(prices, gone, frequency);
      assertThatWholeValuesAreThoseOfAll(random, all, left, gone, round + " from " + gone);
    }
    Bars months = ofWeeks(prices(new SplittableRandom(1)), Instant.MIN, Frequency.M);
    Instant january = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(months.isCut(january, january)).isTrue();
    assertThat(months.isCut(january, Instant.parse("2025-12-29T00:00:00Z"))).isFalse();
  }

  private static void assertThatWholeValuesAreThoseOfAll(
      SplittableRandom random, Bars all, Bars left, Instant keptFrom, String what) {
    KeptBars kept = new KeptBars(left, keptFrom, line -> recorded(line, all));
    for (FunctionName name : FunctionName.values()) {
      if (name.isLine()) {
        Line line = new Line(name, 1 + random.nextInt(5));
        Values values = kept.of(line);
        double[] expected = line.values(all);
        String[] statuses = line.statuses(all);
        int before = all.size() - left.size();
        for (int i = 0; i < left.size(); i++) {
          boolean whole = i >= values.first();
          assertThat(values.values()[i])
              .as("%s: %s at %d", what, line, i)
              .isEqualTo((Double) (whole ? expected[before + i] : Double.NaN));
          if (whole && Double.isFinite(expected[before + i])) {
            assertThat(values.statuses()[i])
                .as("%s: status of %s at %d", what, line, i)
                .isEqualTo(statuses[before + i]);
          }
        }
        assertThat(values.first()).isLessThanOrEqualTo(left.size());
      }
    }
  }

  @Test
  void allCrossingsAreThoseOfAllBarsFromWhereTheyAreKnown() {
    int found = 0;
    for (int round = 0; round < 400; round++) {
      SplittableRandom random = new SplittableRandom(round);
      double[] prices = prices(random);
      int gone = random.nextInt(DAYS);
      Bars all = bars(prices, 0, Frequency.D);
      Bars left = bars(prices, gone, Frequency.D);
      KeptBars kept = new KeptBars(left, day(gone), line -> recorded(line, all));
      FunctionName name = random.nextBoolean() ? FunctionName.MA : FunctionName.EMA;
      Crossings crossings = new Crossings(new Line(name, 1 + random.nextInt(3)), new Line(name, 5));
      Known known = kept.of(crossings);
      int before = all.size() - left.size();
      assertThat(known.crossings())
          .as("%d: %s", round, crossings)
          .isEqualTo(
              crossings.of(all).stream()
                  .filter(one -> one.bar() >= before + known.first())
                  .map(one -> new Crossings.Crossing(one.bar() - before, one.direction()))
                  .toList());
      String[] statuses = crossings.statuses(all);
      for (Crossings.Crossing one : known.crossings()) {
        assertThat(known.statuses()[one.bar()])
            .as("%d: status of %s at %d", round, crossings, one.bar())
            .isEqualTo(statuses[before + one.bar()]);
      }
      found += known.crossings().size();
    }
    assertThat(found).isGreaterThan(1_000);
  }

  @Test
  void anAverageOfWhichNothingWasRecordedBeginsWithWhatIsLeft() {
    double[] prices = {9, 9, 1, 2, 3, 4};
    Bars left = bars(prices, 2, Frequency.D);
    Line ema = new Line(FunctionName.EMA, 2);
    Values begun = new KeptBars(left, day(2), line -> new TreeMap<>()).of(ema);
    assertThat(begun.first()).isEqualTo(1);
    assertThat(begun.values()).isEqualTo(ema.values(left));
    // The earliest one stays, and the others follow from it, also after a correction of a price.
    NavigableMap<Instant, Recorded> recorded = recorded(ema, left);
    prices[4] = 30;
    Bars corrected = bars(prices, 2, Frequency.D);
    Values again = new KeptBars(corrected, day(2), line -> recorded).of(ema);
    assertThat(again.first()).isEqualTo(2);
    assertThat(again.values())
        .containsExactly(
            Double.NaN, Double.NaN, ema.values(corrected)[2], ema.values(corrected)[3]);
  }

  @Test
  void nothingChangesWhereNothingIsGone() {
    Bars bars = bars(prices(new SplittableRandom(1)), 0, Frequency.D);
    KeptBars kept = new KeptBars(bars, null, line -> new TreeMap<>());
    Line ema = new Line(FunctionName.EMA, 3);
    assertThat(kept.of(ema).values()).isEqualTo(ema.values(bars));
    assertThat(kept.of(ema).first()).isZero();
    Crossings crossings = new Crossings(new Line(FunctionName.MA, 1), ema);
    Known known = kept.of(crossings);
    assertThat(known.crossings()).isEqualTo(crossings.of(bars));
    assertThat(known.statuses()).isEqualTo(crossings.statuses(bars));
    assertThat(known.first()).isZero();
  }
}
