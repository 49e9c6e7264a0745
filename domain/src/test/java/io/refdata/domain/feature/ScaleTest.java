package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers are those of scikit-learn's scalers. */
class ScaleTest {
  private static final double[] NUMBERS = {4, 1, 2, 9};

  @Test
  void aScoreIsByMeanAndDeviationOfAll() {
    assertThat(Scale.ZSCORE.of(NUMBERS)).isEqualTo(new Scale.Parameters(4, Math.sqrt(38.0 / 4)));
  }

  @Test
  void theLeastIsZeroAndTheLargestOne() {
    assertThat(Scale.MINMAX.of(NUMBERS)).isEqualTo(new Scale.Parameters(1, 8));
    assertThat(new Scale.Parameters(1, 8).scaled(9)).isEqualTo(1);
  }

  @Test
  void quartilesAreInterpolated() {
    assertThat(Scale.ROBUST.of(NUMBERS)).isEqualTo(new Scale.Parameters(3, 5.25 - 1.75));
  }

  @Test
  void aScoreOfLargeNumbersIsFinite() {
    assertThat(Scale.ZSCORE.of(new double[] {1e308, -1e308}))
        .isEqualTo(new Scale.Parameters(0, 1e308));
  }

  @Test
  void whatIsAllTheSameBecomesZero() {
    for (Scale scale : new Scale[] {Scale.ZSCORE, Scale.MINMAX, Scale.ROBUST}) {
      for (double[] same : List.of(new double[] {5, 5}, new double[] {0.1, 0.1, 0.1})) {
        assertThat(scale.of(same)).isEqualTo(new Scale.Parameters(same[0], 1));
      }
    }
    assertThat(Scale.ZSCORE.of(new double[0])).isNull();
    assertThat(Scale.NONE.of(NUMBERS)).isNull();
  }
}
