package io.refdata.domain.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.ExaminedSeries.Origin;
import io.refdata.domain.quality.OddValues.Found;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OddValuesTest {
  private static final int ALL = 1_000;

  private static ExaminedSeries series(double... values) {
    ExaminedSeries series = new ExaminedSeries(1, "A");
    for (int i = 0; i < values.length; i++) {
      series.add(i, values[i], Origin.INSERTED);
    }
    return series;
  }

  /** 40 values that rise by some percent, not always the same. */
  private static double[] rising() {
    double[] values = new double[40];
    values[0] = 100;
    for (int i = 1; i < values.length; i++) {
      values[i] = values[i - 1] * (1.03 + 0.01 * (i % 3));
    }
    return values;
  }

  @Test
  void aTenfoldValueIsOddAndTheReturnFromItIsNot() {
    double[] values = rising();
    double right = values[35];
    values[35] *= 10;
    Found found = OddValues.find(series(values), Frequency.A, ALL);
    assertThat(found.odd()).hasSize(1);
    OddValue odd = found.odd().get(0);
    assertThat(odd.period()).isEqualTo(35);
    assertThat(odd.value()).isEqualTo(right * 10);
    assertThat(odd.expected()).isBetween(right * 0.95, right * 1.05);
    assertThat(odd.score()).isGreaterThan(OddValues.ODD);
    values[35] = right / 10;
    assertThat(OddValues.find(series(values), Frequency.A, ALL).odd())
        .extracting(OddValue::period)
        .containsExactly(35L);
  }

  @Test
  void aNewLevelIsOddOnce() {
    double[] values = rising();
    for (int i = 30; i < values.length; i++) {
      values[i] *= 10;
    }
    assertThat(OddValues.find(series(values), Frequency.A, ALL).odd())
        .extracting(OddValue::period)
        .containsExactly(30L);
  }

  @Test
  void aSeriesThatHardlyEverChangesMayDoSoALittle() {
    double[] values = new double[30];
    java.util.Arrays.fill(values, 50);
    values[29] = 55;
    assertThat(OddValues.find(series(values), Frequency.M, ALL).odd()).isEmpty();
    values[29] = 70;
    assertThat(OddValues.find(series(values), Frequency.M, ALL).odd()).hasSize(1);
    java.util.Arrays.fill(values, 0);
    assertThat(OddValues.find(series(values), Frequency.M, ALL).odd()).isEmpty();
    values[29] = 1;
    assertThat(OddValues.find(series(values), Frequency.M, ALL).odd())
        .singleElement()
        .satisfies(odd -> assertThat(odd.score()).isEqualTo(1e6));
  }

  @Test
  void aSeasonIsExpected() {
    double[] values = new double[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 12 == 0 ? 1_000 : 10 + i % 2;
    }
    assertThat(OddValues.find(series(values), Frequency.M, 12).odd()).isEmpty();
    values[48] = 10;
    assertThat(OddValues.find(series(values), Frequency.M, 12).odd())
        .extracting(OddValue::period)
        .contains(48L);
  }

  @Test
  void valuesAreOnlyExaminedIfTheLoadWroteThemAndTheyHaveAHistory() {
    ExaminedSeries series = new ExaminedSeries(1, "A");
    double[] values = rising();
    values[20] *= 10;
    values[30] *= 10;
    values[38] *= 10;
    for (int i = 0; i < values.length; i++) {
      series.add(
          i,
          values[i],
          i == 30 ? Origin.REVISED : i >= 36 || i == 20 ? Origin.INSERTED : Origin.BEFORE);
    }
    Found found = OddValues.find(series, Frequency.A, 3);
    assertThat(found.odd()).extracting(OddValue::period).containsExactly(30L, 38L);
    assertThat(found.examined()).isEqualTo(4);
    assertThat(OddValues.find(series(1, 2, 3, 400), Frequency.A, ALL))
        .isEqualTo(new Found(0, java.util.List.of()));
  }

  @Test
  void negativeValuesAreComparedByDifferences() {
    Random random = new Random(1);
    double[] values = new double[40];
    for (int i = 0; i < values.length; i++) {
      values[i] = -5 + random.nextDouble();
    }
    assertThat(OddValues.find(series(values), Frequency.A, ALL).odd()).isEmpty();
    values[39] = -60;
    assertThat(OddValues.find(series(values), Frequency.A, ALL).odd()).hasSize(1);
  }
}
