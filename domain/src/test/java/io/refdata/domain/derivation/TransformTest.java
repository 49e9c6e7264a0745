package io.refdata.domain.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final double NONE = Double.NaN;

  /**
   * The consumer price index of the United States, all items, not seasonally adjusted (CPIAUCNS):
   * in June 2022 the Bureau of Labor Statistics reported 9.1 percent over the year.
   */
  @Test
  void inflationIsWhatWasPublished() {
    Transformation year = transform("pc1", Frequency.M).begin();
    assertThat(year.next(month(2021, 6), 271.696)).isNaN();
    assertThat(year.next(month(2022, 5), 292.296)).isNaN();
    assertThat(year.next(month(2022, 6), 296.311)).isCloseTo(9.1, within(0.05));
    Transformation month = transform("pch", Frequency.M).begin();
    month.next(month(2022, 5), 292.296);
    assertThat(month.next(month(2022, 6), 296.311)).isCloseTo(1.4, within(0.05));
  }

  /**
   * Real gross domestic product of the United States in billions of 2012 dollars, third estimates
   * of 2020: the Bureau of Economic Analysis reported -31.4 and 33.4 percent at an annual rate.
   */
  @Test
  void theFallAndRiseOfAnEconomyIsWhatWasPublished() {
    Transformation rate = transform("pca", Frequency.Q).begin();
    rate.next(quarter(2020, 1), 19010.8);
    assertThat(rate.next(quarter(2020, 2), 17302.5)).isCloseTo(-31.4, within(0.05));
    assertThat(rate.next(quarter(2020, 3), 18596.5)).isCloseTo(33.4, within(0.05));
  }

  @Test
  void formulasAreThoseOfFred() {
    assertThat(results("lin", 2, 3)).containsExactly(2.0, 3.0);
    assertThat(results("chg", 2, 3)).containsExactly(NONE, 1.0);
    assertThat(results("ch1", 2, 3, 4, 5, 7)).containsExactly(NONE, NONE, NONE, NONE, 5.0);
    assertThat(results("pch", 2, 3)).containsExactly(NONE, 50.0);
    assertThat(results("pc1", 2, 3, 4, 5, 7)).containsExactly(NONE, NONE, NONE, NONE, 250.0);
    assertThat(results("pca", 2, 3)).containsExactly(NONE, (1.5 * 1.5 * 1.5 * 1.5 - 1) * 100);
    assertThat(results("cch", 1, Math.E)).containsExactly(NONE, 100.0);
    assertThat(results("cca", 1, Math.E)).containsExactly(NONE, 400.0);
    assertThat(results("log", 1, Math.E)).containsExactly(0.0, 1.0);
    assertThat(results("index:1970-Q2", 2, 4, 6)).containsExactly(NONE, 100.0, 150.0);
    assertThat(results("ma:3", 1, 2, 6, 7)).containsExactly(NONE, NONE, 3.0, 5.0);
    assertThat(results("sum:2", 1, 2, 6)).containsExactly(NONE, 3.0, 8.0);
    // The first is the mean of 1, 2 and 6; then 3 + 1/2 (7 - 3).
    assertThat(results("ema:3", 1, 2, 6, 7)).containsExactly(NONE, NONE, 3.0, 5.0);
  }

  @Test
  void afterAGapThereIsNoPredecessor() {
    for (String name : List.of("chg", "pch", "pca", "cch", "cca", "ma:2", "sum:2", "ema:2")) {
      Transformation running = transform(name, Frequency.A).begin();
      running.next(1, 5);
      assertThat(running.next(3, 6)).as(name).isNaN();
      assertThat(running.next(4, 7)).as(name).isNotNaN();
      assertThat(running.next(5, NONE)).as(name).isNaN();
      assertThat(running.next(6, 8)).as(name).isNaN();
      assertThat(running.next(7, 9)).as(name).isNotNaN();
    }
  }

  @Test
  void whatIsNoNumberIsMissing() {
    assertThat(results("pch", 0, 3)).containsExactly(NONE, NONE);
    assertThat(results("pch", 0, 0)).containsExactly(NONE, NONE);
    assertThat(results("log", 0, -1)).containsExactly(NONE, NONE);
    assertThat(results("cch", -1, 1, 0, 1)).containsExactly(NONE, NONE, NONE, NONE);
    assertThat(results("pca", 1e-300, 1e300)).containsExactly(NONE, NONE);
    assertThat(results("index:1970-Q1", 0, 3)).containsExactly(NONE, NONE);
    assertThat(results("sum:2", Double.MAX_VALUE, Double.MAX_VALUE, 1, 2))
        .containsExactly(NONE, NONE, Double.MAX_VALUE, 3.0);
  }

  @Test
  void aYearAgoIsTheSameDate() {
    Transformation daily = transform("ch1", Frequency.D).begin();
    daily.next(day("2019-02-28"), 1);
    daily.next(day("2019-03-01"), 2);
    assertThat(daily.next(day("2020-02-28"), 10)).isEqualTo(9);
    assertThat(daily.next(day("2020-02-29"), 10)).isNaN();
    assertThat(daily.next(day("2020-03-01"), 10)).isEqualTo(8);
    assertThat(daily.next(day("2021-02-28"), 20)).isEqualTo(10);
    assertThat(daily.next(day("2021-03-01"), 20)).isEqualTo(10);
  }

  @Test
  void aYearAgoIs52WeeksOr12MonthsAgo() {
    assertThat(YearAgo.of(Frequency.W, 100)).hasValue(48);
    assertThat(YearAgo.of(Frequency.M, 100)).hasValue(88);
    assertThat(YearAgo.of(Frequency.H, Frequency.H.number(instant("2020-03-01T05:00:00Z"))))
        .hasValue(Frequency.H.number(instant("2019-03-01T05:00:00Z")));
    assertThat(YearAgo.of(Frequency.N, Frequency.N.number(instant("2020-02-29T05:00:00Z"))))
        .isEmpty();
  }

  @Test
  void whatIsNoTransformIsRefused() {
    for (String text :
        List.of(
            "",
            "PCH",
            "pch:1",
            "ma",
            "ma:",
            "ma:0",
            "ma:1001",
            "ma:-1",
            "ma:1.5",
            "index",
            "index:2020",
            "index:2020-M01",
            "double")) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> Transform.parse(text, Frequency.Q, 1_000));
    }
  }

  @Test
  void meansOfLargeValuesAreThereThoughTheirSumIsNot() {
    assertThat(results("ma:2", 1e308, 1e308, 1e308, 0.5, 0.1))
        .containsExactly(NONE, 1e308, 1e308, 5e307, 0.3);
    assertThat(results("ema:2", 1e308, 1e308, 1e308)).containsExactly(NONE, 1e308, 1e308);
    assertThat(results("ema:3", 1e308, 1e308, 1e308, -1e308).get(3)).isZero();
    assertThat(results("sum:2", 1e308, 1e308, 5, 7)).containsExactly(NONE, NONE, 1e308, 12.0);
  }

  private static List<Double> results(String transform, double... values) {
    Transformation running = transform(transform, Frequency.Q).begin();
    List<Double> results = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      results.add(running.next(i, values[i]));
    }
    return results;
  }

  private static Transform transform(String text, Frequency frequency) {
    return Transform.parse(text, frequency, 1_000);
  }

  private static long month(int year, int month) {
    return (year - 1970L) * 12 + month - 1;
  }

  private static long quarter(int year, int quarter) {
    return (year - 1970L) * 4 + quarter - 1;
  }

  private static long day(String day) {
    return LocalDate.parse(day).toEpochDay();
  }

  private static Instant instant(String text) {
    return Instant.parse(text);
  }
}
