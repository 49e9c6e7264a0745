package io.refdata.domain.calculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static Instant day(String text) {
    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Test
  void aWeekOpensWithItsFirstValueAndClosesWithItsLast() {
    Bars days = new Bars(Frequency.D);
    days.add(day("2026-03-05"), 9, "A");
    days.add(day("2026-03-09"), 10, "A");
    days.add(day("2026-03-10"), 14, "E");
    days.add(day("2026-03-11"), 8, "A");
    days.add(day("2026-03-13"), 12, "A");

    Bars weeks = days.of(Frequency.W);

    assertThat(weeks.size()).isEqualTo(2);
    assertThat(weeks.start(1)).isEqualTo(day("2026-03-09"));
    assertThat(weeks.open(1)).isEqualTo(10);
    assertThat(weeks.high(1)).isEqualTo(14);
    assertThat(weeks.low(1)).isEqualTo(8);
    assertThat(weeks.close(1)).isEqualTo(12);
    assertThat(weeks.coverage(1)).isEqualTo(4.0 / 7);
    assertThat(weeks.status(1)).isEqualTo("I");
  }

  @Test
  void aWholePeriodHasTheWorstStatus() {
    Bars days = new Bars(Frequency.D);
    for (int i = 2; i <= 8; i++) {
      days.add(day("2026-03-0" + i), i, i == 4 ? "E" : "A");
    }
    Bars weeks = days.of(Frequency.W);
    assertThat(weeks.coverage(0)).isEqualTo(1);
    assertThat(weeks.status(0)).isEqualTo("E");
  }

  @Test
  void withoutAValueThereIsNoBar() {
    Bars days = new Bars(Frequency.D);
    days.add(day("2026-03-05"), Double.NaN, "M");
    days.add(day("2026-03-06"), 1, 2, Double.NaN, 1, "A");
    assertThat(days.size()).isZero();
    assertThat(days.of(Frequency.A).size()).isZero();
  }

  @Test
  void barsOfTheirOwnFrequencyStayAsTheyAre() {
    Bars days = new Bars(Frequency.D);
    assertThat(days.of(Frequency.D)).isSameAs(days);
    assertThatThrownBy(() -> days.of(Frequency.H)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Bars.canBe(Frequency.N, Frequency.H)).isFalse();
    assertThat(Bars.canBe(Frequency.N, Frequency.D)).isTrue();
  }

  @Test
  void anInstantFindsTheFirstBarBehindIt() {
    Bars days = new Bars(Frequency.D);
    days.add(day("2026-03-05"), 1, "A");
    days.add(day("2026-03-09"), 1, "A");
    assertThat(days.from(day("2026-03-01"))).isZero();
    assertThat(days.from(day("2026-03-05"))).isZero();
    assertThat(days.from(day("2026-03-05").plusMillis(1))).isEqualTo(1);
    assertThat(days.from(day("2026-03-10"))).isEqualTo(2);
  }

  @Test
  void barsOfAllFrequenciesAreThoseOfTheirValues() {
    Random random = new Random(17);
    List<Frequency> sources = List.of(Frequency.values());
    for (int round = 0; round < 50; round++) {
      Frequency source = sources.get(random.nextInt(sources.size()));
      Bars bars = new Bars(source);
      Map<Instant, Double> values = new TreeMap<>();
      long period = random.nextInt(1000);
      for (int i = 0; i < 300; i++) {
        period += 1 + (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
        double value = random.nextGaussian() * 100;
        bars.add(source.startOf(period), value, "A");
        values.put(source.startOf(period), value);
      }
      for (Frequency longer : Frequency.values()) {
        if (longer != source && Bars.canBe(source, longer)) {
          compare(bars.of(longer), source, values);
        }
      }
    }
  }

  /** A week counts where its Thursday does. */
  private static void compare(Bars bars, Frequency source, Map<Instant, Double> values) {
    Map<Instant, List<Double>> groups = new TreeMap<>();
    values.forEach(
        (start, value) ->
            groups
                .computeIfAbsent(
                    bars.frequency()
                        .floor(source == Frequency.W ? start.plusSeconds(3 * 86_400) : start),
                    key -> new ArrayList<>())
                .add(value));
    assertThat(bars.size()).isEqualTo(groups.size());
    int at = 0;
    for (Map.Entry<Instant, List<Double>> group : groups.entrySet()) {
      List<Double> all = group.getValue();
      assertThat(bars.start(at)).isEqualTo(group.getKey());
      assertThat(bars.open(at)).isEqualTo(all.get(0));
      assertThat(bars.high(at)).isEqualTo(Collections.max(all));
      assertThat(bars.low(at)).isEqualTo(Collections.min(all));
      assertThat(bars.close(at)).isEqualTo(all.get(all.size() - 1));
      assertThat(bars.coverage(at)).isGreaterThan(0).isLessThanOrEqualTo(1);
      assertThat(bars.status(at)).isEqualTo(bars.coverage(at) < 1 ? "I" : "A");
      at++;
    }
  }
}
