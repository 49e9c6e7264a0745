package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.SeriesVersions.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesVersionsTest {
  /**
   * Period 1 comes in revision 3, is revised in 7 and deleted in 9. Period 2 comes in 5 as missing,
   * and has a number from 7 on.
   */
  private final SeriesVersions series =
      new SeriesVersions(
          3,
          List.of(
              new Version(2, 30, 7, null),
              new Version(1, 11, 7, 9),
              new Version(1, 10, 3, 7),
              new Version(2, Double.NaN, 5, 7)));

  @Test
  void aRevisionKnowsWhatHeldThen() {
    assertThat(series.existedAt(2)).isFalse();
    assertThat(series.at(2).size()).isZero();
    assertThat(series.at(3).at(1)).isEqualTo(10);
    assertThat(series.at(6).size()).as("a missing value is none").isEqualTo(1);
    assertThat(series.at(7).at(1)).isEqualTo(11);
    assertThat(series.at(9).at(1)).isNaN();
    assertThat(series.at(9).last()).hasValue(2);
  }

  @Test
  void theFirstReleaseStays() {
    assertThat(series.released(1, Release.FIRST, 9)).isEqualTo(10);
    assertThat(series.released(1, Release.FIRST, 2)).as("not there yet").isNaN();
    assertThat(series.released(2, Release.FIRST, 9)).as("the first number").isEqualTo(30);
    assertThat(series.released(3, Release.FIRST, 9)).isNaN();
  }

  @Test
  void eachRevisionOfTheSeriesIsARelease() {
    assertThat(series.released(1, new Release(2), 9)).as("5 left it as it was").isEqualTo(10);
    assertThat(series.released(1, new Release(3), 9)).isEqualTo(11);
    assertThat(series.released(1, new Release(3), 6)).as("not released by 6").isNaN();
    assertThat(series.released(1, new Release(4), 9)).as("deleted").isNaN();
    assertThat(series.released(2, new Release(3), 9)).as("there were two").isNaN();
  }

  @Test
  void theLatestReleaseFollowsRevisions() {
    assertThat(series.released(1, Release.LATEST, 6)).isEqualTo(10);
    assertThat(series.released(1, Release.LATEST, 8)).isEqualTo(11);
    assertThat(series.released(1, Release.LATEST, 9)).isNaN();
  }

  @Test
  void aReleaseIsFirstLatestOrANumber() {
    assertThat(Release.parse("FIRST")).contains(Release.FIRST);
    assertThat(Release.parse("LATEST")).contains(Release.LATEST);
    assertThat(Release.parse("2")).contains(new Release(2));
    assertThat(Release.parse("0")).isEmpty();
    assertThat(Release.parse("first")).isEmpty();
  }
}
