package io.refdata.domain.calculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Crossings.Direction;
import io.refdata.domain.dataset.Frequency;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarFunctionTest {
  private static final double NONE = Double.NaN;

  /** Bars of every second day: a gap between two bars is none for a function. */
  private static Bars closing(double... values) {
    Bars bars = new Bars(Frequency.D);
    for (int i = 0; i < values.length; i++) {
      bars.add(Frequency.D.startOf(2L * i), values[i], "A");
    }
    return bars;
  }

  private static Bars random(Random random, int size) {
    Bars bars = new Bars(Frequency.D);
    for (int i = 0; i < size; i++) {
      double open = random.nextInt(20) - 10;
      double close = random.nextInt(20) - 10;
      bars.add(
          Frequency.D.startOf(3L * i),
          open,
          Math.max(open, close) + random.nextInt(3),
          Math.min(open, close) - random.nextInt(3),
          close,
          "A");
    }
    return bars;
  }

  private static double[] values(FunctionName name, int n, Bars bars) {
    return new Line(name, n).values(bars);
  }

  @Test
  void averagesAndSumsAreOverBars() {
    Bars bars = closing(1, 2, 3, 6);
    assertThat(values(FunctionName.MA, 3, bars)).containsExactly(NONE, NONE, 2, 11.0 / 3);
    assertThat(values(FunctionName.MA, 1, bars)).containsExactly(1, 2, 3, 6);
    assertThat(values(FunctionName.SUM, 2, bars)).containsExactly(NONE, 3, 5, 9);
    // (1 + 2 + 3) / 3 = 2, then 2 + 2/4 * (6 - 2).
    assertThat(values(FunctionName.EMA, 3, bars)).containsExactly(NONE, NONE, 2, 4);
  }

  @Test
  void averagesOfLargeValuesAreThereThoughTheirSumIsNot() {
    Bars bars = closing(1e308, 1e308, 1e308);
    assertThat(values(FunctionName.MA, 3, bars)).containsExactly(NONE, NONE, 1e308);
    assertThat(values(FunctionName.EMA, 2, bars)).containsExactly(NONE, 1e308, 1e308);
    assertThat(values(FunctionName.PLDOT, 1, bars)).containsExactly(NONE, NONE, 1e308);
    Bars wide = new Bars(Frequency.D);
    wide.add(Frequency.D.startOf(0), 1.5e308, 1.5e308, -1.5e308, -1.5e308, "A");
    assertThat(values(FunctionName.TYPICAL, 1, wide)).containsExactly(-5e307);
  }

  @Test
  void aValueHasTheWorstStatusOfTheBarsThatItIsMadeOf() {
    Bars bars = new Bars(Frequency.D);
    for (int i = 0; i < 5; i++) {
      bars.add(Frequency.D.startOf(2L * i), i, i == 1 ? "E" : "A");
    }
    Line mean = new Line(FunctionName.MA, 2);
    assertThat(mean.statuses(bars)).containsExactly("A", "E", "E", "A", "A");
    assertThat(new Line(FunctionName.EMA, 2).statuses(bars))
        .containsExactly("A", "E", "E", "E", "E");
    assertThat(new Line(FunctionName.TYPICAL, 1).statuses(bars))
        .containsExactly("A", "E", "A", "A", "A");
    assertThat(new Line(FunctionName.PLDOT, 1).statuses(bars))
        .containsExactly("A", "E", "E", "E", "A");
    assertThat(new Envelope(2, 5).statuses(bars)).isEqualTo(mean.statuses(bars));
    assertThat(new Crossings(new Line(FunctionName.HIGH, 1), mean).statuses(bars))
        .isEqualTo(mean.statuses(bars));
  }

  @Test
  void theTypicalPriceOfOnePriceIsThatPrice() {
    Bars bars = new Bars(Frequency.D);
    for (int cents = 1; cents < 10_000; cents++) {
      bars.add(Frequency.D.startOf(cents), cents / 100.0, "A");
    }
    assertThat(values(FunctionName.TYPICAL, 1, bars)).isEqualTo(values(FunctionName.MA, 1, bars));
  }

  @Test
  void theDotIsTheMeanOfThreeTypicalPrices() {
    Bars bars = new Bars(Frequency.D);
    bars.add(Frequency.D.startOf(0), 10, 12, 9, 12, "A");
    bars.add(Frequency.D.startOf(1), 12, 15, 12, 15, "A");
    bars.add(Frequency.D.startOf(4), 15, 18, 12, 12, "A");
    bars.add(Frequency.D.startOf(5), 12, 12, 6, 6, "A");
    // (12 + 9 + 12) / 3 = 11, (15 + 12 + 15) / 3 = 14, (18 + 12 + 12) / 3 = 14, 24 / 3 = 8.
    assertThat(values(FunctionName.TYPICAL, 1, bars)).containsExactly(11, 14, 14, 8);
    assertThat(values(FunctionName.PLDOT, 1, bars)).containsExactly(NONE, NONE, 13, 12);
    assertThat(values(FunctionName.HIGH, 2, bars)).containsExactly(NONE, 15, 18, 18);
    assertThat(values(FunctionName.LOW, 2, bars)).containsExactly(NONE, 9, 12, 6);
    assertThat(values(FunctionName.RANGE, 2, bars)).containsExactly(NONE, 6, 6, 12);
    assertThat(values(FunctionName.RANGE, 1, bars)).containsExactly(3, 3, 6, 6);
  }

  @Test
  void anEnvelopeIsAsWideForPricesBelowZero() {
    Envelope envelope = new Envelope(2, 10);
    double[] middle = envelope.middle(closing(10, 30, -50, -50));
    assertThat(middle).containsExactly(NONE, 20, -10, -50);
    assertThat(envelope.upper(middle)).containsExactly(NONE, 22, -9, -45);
    assertThat(envelope.lower(middle)).containsExactly(NONE, 18, -11, -55);
  }

  @Test
  void toTouchIsNotToCross() {
    Bars bars = closing(1, 3, 2, 2, 3, 1, 1, 4, 4);
    Crossings crossings = new Crossings(new Line(FunctionName.MA, 1), new Line(FunctionName.MA, 2));
    // The average of two: -, 2, 2.5, 2, 2.5, 2, 1, 2.5, 4. Apart: -, +, -, 0, +, -, 0, +, 0.
    assertThat(crossings.of(bars))
        .containsExactly(
            new Crossing(2, Direction.DOWN),
            new Crossing(4, Direction.UP),
            new Crossing(5, Direction.DOWN),
            new Crossing(7, Direction.UP));
    assertThat(crossings.of(closing(1, 3, 3, 4))).isEmpty();
  }

  @Test
  void valuesThatAreTooLargeAreMissing() {
    Bars bars = closing(1, Double.MAX_VALUE, Double.MAX_VALUE, 1);
    assertThat(values(FunctionName.SUM, 2, bars)[2]).isNaN();
    assertThat(values(FunctionName.TYPICAL, 1, bars)[1]).isEqualTo(Double.MAX_VALUE);
    assertThat(values(FunctionName.RANGE, 2, closing(-Double.MAX_VALUE, Double.MAX_VALUE))[1])
        .isNaN();
    Envelope envelope = new Envelope(1, 100);
    assertThat(envelope.upper(envelope.middle(bars))[1]).isNaN();
  }

  @Test
  void eachFunctionIsThatOfItsWindow() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      Bars bars = random(random, random.nextInt(40));
      int n = 1 + random.nextInt(12);
      compare(FunctionName.MA, n, n, bars, i -> sum(bars, i, n) / n);
      compare(FunctionName.SUM, n, n, bars, i -> sum(bars, i, n));
      compare(FunctionName.HIGH, n, n, bars, i -> highest(bars, i, n));
      compare(FunctionName.LOW, n, n, bars, i -> lowest(bars, i, n));
      compare(FunctionName.RANGE, n, n, bars, i -> highest(bars, i, n) - lowest(bars, i, n));
      compare(FunctionName.TYPICAL, n, 1, bars, i -> typical(bars, i));
      compare(
          FunctionName.PLDOT,
          n,
          3,
          bars,
          i -> (typical(bars, i - 2) + typical(bars, i - 1) + typical(bars, i)) / 3);
      compare(FunctionName.EMA, n, n, bars, i -> exponential(bars, i, n));
    }
  }

  private static void compare(
      FunctionName name, int n, int first, Bars bars, IntToDoubleFunction expected) {
    double[] values = values(name, n, bars);
    assertThat(values).hasSize(bars.size());
    for (int i = 0; i < values.length; i++) {
      if (i < first - 1) {
        assertThat(values[i]).as("%s at %d", name, i).isNaN();
      } else {
        assertThat(values[i])
            .as("%s at %d", name, i)
            .isCloseTo(expected.applyAsDouble(i), within(1e-9));
      }
    }
  }

  private static IntStream window(int i, int n) {
    return IntStream.rangeClosed(i - n + 1, i);
  }

  private static double sum(Bars bars, int i, int n) {
    return window(i, n).mapToDouble(bars::close).sum();
  }

  private static double highest(Bars bars, int i, int n) {
    return window(i, n).mapToDouble(bars::high).max().orElseThrow();
  }

  private static double lowest(Bars bars, int i, int n) {
    return window(i, n).mapToDouble(bars::low).min().orElseThrow();
  }

  private static double typical(Bars bars, int i) {
    return (bars.high(i) + bars.low(i) + bars.close(i)) / 3;
  }

  private static double exponential(Bars bars, int i, int n) {
    return i == n - 1
        ? sum(bars, i, n) / n
        : exponential(bars, i - 1, n) * (1 - 2.0 / (n + 1)) + bars.close(i) * 2.0 / (n + 1);
  }

  @Test
  void aLabelNamesTheArguments() {
    Line fast = new Line(FunctionName.EMA, 5);
    assertThat(new Line(FunctionName.HIGH, 20).label()).isEqualTo("high:20");
    assertThat(new Line(FunctionName.PLDOT, 1).label()).isEqualTo("pldot");
    assertThat(new Envelope(20, 2.50).label()).isEqualTo("envelope:20:2.5");
    assertThat(new Envelope(20, 10).label()).isEqualTo("envelope:20:10");
    assertThat(new Crossings(fast, new Line(FunctionName.TYPICAL, 1)).label())
        .isEqualTo("crossings:ema:5:typical");
  }

  @Test
  void aFunctionWithoutAWindowIsRefused() {
    assertThatThrownBy(() -> new Line(FunctionName.MA, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Line(FunctionName.ENVELOPE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
