package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.SeriesVersions.Version;
import io.refdata.domain.feature.ValueFunction.Change;
import io.refdata.domain.feature.ValueFunction.Lag;
import io.refdata.domain.feature.ValueFunction.Roll;
import io.refdata.domain.feature.ValueFunction.SeasonalLag;
import io.refdata.domain.feature.ValueFunction.Statistic;
import io.refdata.domain.feature.ValueFunction.Weighted;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ValueFunctionTest {
  /** Periods 1 to 6 without 4. */
  private final History history =
      new SeriesVersions(
              1,
              List.of(
                  new Version(1, 10, 1, null),
                  new Version(2, 20, 1, null),
                  new Version(3, 40, 1, null),
                  new Version(5, 0, 1, null),
                  new Version(6, 8, 1, null),
                  new Version(7, Double.NaN, 1, null)))
          .at(1);

  @Test
  void columnsAreNamedAsMlforecastNamesThem() {
    assertThat(new Lag(1).name()).isEqualTo("lag1");
    assertThat(new Roll(Statistic.MEAN, 12, 1, 12).name())
        .isEqualTo("rolling_mean_lag1_window_size12");
    assertThat(new Roll(Statistic.STD, 3, 2, 1).name())
        .isEqualTo("rolling_std_lag2_window_size3_min_samples1");
    assertThat(new Weighted(0.5, 1).name()).isEqualTo("exponentially_weighted_mean_lag1_alpha0.5");
    assertThat(new SeasonalLag(1, 12).name()).isEqualTo("seasonal_lag1_season_length12");
    assertThat(new Change(1, 0, true).name()).isEqualTo("pct1");
    assertThat(new Change(1, 2, false).name()).isEqualTo("diff1_lag2");
  }

  @Test
  void aGapStaysAGap() {
    assertThat(new Lag(0).at(history, 4)).isNaN();
    assertThat(new Lag(1).at(history, 3)).isEqualTo(20);
    assertThat(new Lag(1).at(history, 5)).isNaN();
    assertThat(new Lag(0).at(history, 7)).isNaN();
    assertThat(new Change(1, 0, false).at(history, 3)).isEqualTo(20);
    assertThat(new Change(1, 0, true).at(history, 3)).isEqualTo(100);
    assertThat(new Change(1, 0, true).at(history, 6)).as("in percent of 0").isNaN();
    assertThat(new SeasonalLag(2, 2).at(history, 6)).isEqualTo(20);
  }

  @Test
  void aWindowNeedsItsValues() {
    assertThat(new Roll(Statistic.MEAN, 3, 1, 3).at(history, 4)).isEqualTo(70.0 / 3);
    assertThat(new Roll(Statistic.MEAN, 3, 1, 3).at(history, 5)).isNaN();
    assertThat(new Roll(Statistic.SUM, 3, 1, 2).at(history, 5)).isEqualTo(60);
    assertThat(new Roll(Statistic.MIN, 2, 0, 1).at(history, 5)).isEqualTo(0);
    assertThat(new Roll(Statistic.MAX, 3, 1, 1).at(history, 4)).isEqualTo(40);
    assertThat(new Roll(Statistic.STD, 2, 1, 2).at(history, 3)).isEqualTo(Math.sqrt(50));
    assertThat(new Roll(Statistic.STD, 1, 1, 1).at(history, 3)).as("of one value").isNaN();
  }

  @Test
  void largeValuesHaveAMeanAndADeviation() {
    History large =
        new SeriesVersions(
                1,
                List.of(
                    new Version(1, 1e308, 1, null),
                    new Version(2, 1e308, 1, null),
                    new Version(3, -1e308, 1, null)))
            .at(1);
    assertThat(new Roll(Statistic.MEAN, 2, 0, 2).at(large, 2)).isEqualTo(1e308);
    assertThat(new Roll(Statistic.MEAN, 2, 0, 2).at(large, 3)).isZero();
    assertThat(new Roll(Statistic.STD, 2, 0, 2).at(large, 2)).isZero();
    assertThat(new Roll(Statistic.STD, 2, 0, 2).at(large, 3))
        .isCloseTo(Math.sqrt(2) * 1e308, Percentage.withPercentage(1e-12));
    assertThat(new Roll(Statistic.SUM, 2, 0, 2).at(large, 2)).isNaN();
  }

  @Test
  void valuesThatAreAllTheSameDoNotDeviate() {
    History same =
        new SeriesVersions(
                1,
                List.of(
                    new Version(1, 0.1, 1, null),
                    new Version(2, 0.1, 1, null),
                    new Version(3, 0.1, 1, null)))
            .at(1);
    assertThat(new Roll(Statistic.MEAN, 3, 0, 3).at(same, 3)).isEqualTo(0.1);
    assertThat(new Roll(Statistic.STD, 3, 0, 3).at(same, 3)).isZero();
  }

  @Test
  void anExponentialMeanPassesOverGaps() {
    Weighted half = new Weighted(0.5, 1);
    assertThat(half.at(history, 1)).isNaN();
    assertThat(half.at(history, 2)).isEqualTo(10);
    assertThat(half.at(history, 4)).isEqualTo(27.5);
    assertThat(half.at(history, 6)).isEqualTo(13.75);
  }

  private static History since(long first) {
    return new SeriesVersions(
            1,
            LongStream.rangeClosed(first, 60)
                .mapToObj(period -> new Version(period, Math.sqrt(period), 1, null))
                .toList())
        .at(1);
  }

  @Test
  void whatLiesBeforeItsReachMakesNoDifferenceAndItsFirstPeriodDoes() {
    History all = since(1);
    for (ValueFunction function :
        List.of(
            new Lag(0),
            new Lag(7),
            new SeasonalLag(2, 12),
            new Change(3, 4, true),
            new Roll(Statistic.MEAN, 5, 2, 1),
            new Roll(Statistic.MIN, 1, 0, 1))) {
      long first = 60 - function.reach();
      double value = function.at(all, 60);
      assertThat(function.at(since(first), 60)).as(function.name()).isEqualTo(value);
      assertThat(function.at(since(first + 1), 60)).as(function.name()).isNotEqualTo(value);
    }
    assertThat(new Weighted(0.5, 1).reach()).isEqualTo(Long.MAX_VALUE);
  }
}
