package io.refdata.domain.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.quality.QualityFigures.Anomalies;
import io.refdata.domain.quality.QualityFigures.Revisions;
import io.refdata.domain.quality.QualityFigures.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityScoreTest {
  private static Completeness complete(long due, long present) {
    return new Completeness("2020", due, present, 0, 0, 0, 0, List.of(), List.of());
  }

  @Test
  void allGoodIsAHundred() {
    QualityFigures figures =
        new QualityFigures(
            1,
            1,
            complete(10, 10),
            new Rows(10, 0, 0),
            new Revisions(10, 0, null, null),
            new Anomalies(10, 0, 0));
    assertThat(QualityScore.of(figures).total()).isEqualTo(100.0);
  }

  @Test
  void thePartsCountByTheirWeights() {
    QualityFigures figures =
        new QualityFigures(
            2,
            1,
            complete(10, 5),
            new Rows(100, 10, 5),
            new Revisions(100, 50, 0.05, 3.0),
            new Anomalies(100, 3, 1));
    QualityScore score = QualityScore.of(figures);
    assertThat(score.parts())
        .extracting(QualityScore.Part::score)
        .containsExactly(50.0, 0.0, 60.0, 50.0, 75.0);
    assertThat(score.total()).isEqualTo(44.5);
    assertThat(QualityScore.of(figures.withRight(3)).total()).isEqualTo(52.5);
    assertThat(figures.sampled()).isTrue();
  }

  @Test
  void whatCannotBeToldDoesNotCount() {
    QualityFigures figures =
        new QualityFigures(
            0,
            0,
            complete(0, 0),
            new Rows(4, 1, 0),
            new Revisions(0, 0, null, null),
            new Anomalies(0, 0, 0));
    QualityScore score = QualityScore.of(figures);
    assertThat(score.parts().get(0).score()).isNull();
    assertThat(score.total()).isEqualTo(33.33);
    QualityFigures empty =
        new QualityFigures(
            0,
            0,
            complete(0, 0),
            new Rows(0, 0, 0),
            new Revisions(0, 0, null, null),
            new Anomalies(0, 0, 0));
    assertThat(QualityScore.of(empty).total()).isNull();
  }

  private static QualityFigures figures(Rows rows, Revisions revisions, Anomalies anomalies) {
    return new QualityFigures(1, 1, complete(150, 150), rows, revisions, anomalies);
  }

  @Test
  void aLoadThatWritesNothingIsNoFall() {
    QualityFigures first =
        figures(new Rows(150, 0, 0), new Revisions(150, 0, null, null), new Anomalies(150, 3, 0));
    QualityFigures again =
        figures(new Rows(150, 0, 0), new Revisions(0, 0, null, null), new Anomalies(0, 0, 0));
    assertThat(QualityScore.drop(first, again)).isZero();
    assertThat(QualityScore.drop(again, first)).isZero();
  }

  @Test
  void aSmallCorrectionIsASmallFall() {
    QualityFigures first =
        figures(new Rows(150, 0, 0), new Revisions(150, 0, null, null), new Anomalies(150, 0, 0));
    QualityFigures corrected =
        figures(new Rows(1, 0, 0), new Revisions(1, 1, 0.12, 0.12), new Anomalies(1, 0, 0));
    assertThat(QualityScore.drop(first, corrected)).isBetween(0.0, 0.1);
    QualityFigures rejected =
        figures(new Rows(10, 1, 0), new Revisions(9, 0, null, null), new Anomalies(9, 0, 0));
    assertThat(QualityScore.drop(first, rejected)).isEqualTo(20.0);
    assertThat(QualityScore.drop(rejected, first)).isEqualTo(-20.0);
  }
}
