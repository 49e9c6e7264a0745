package io.refdata.api.monitoring;

import io.refdata.domain.quality.Completeness;
import io.refdata.domain.quality.QualityFigures;
import io.refdata.domain.quality.QualityScore;
import io.refdata.persistence.quality.LoadQualities.DatasetQuality;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quality of a dataset as of a load, as JSON. */
record QualityView(
    String dataset,
    @Nullable Double score,
    @Nullable Double before,
    @Nullable Double drop,
    AsOf asOf,
    Sample examined,
    List<QualityScore.Part> parts,
    Completeness completeness,
    RowsView rows,
    QualityFigures.Revisions revisions,
    AnomaliesView anomalies) {

  /** The load that is judged. */
  record AsOf(long load, Instant recordedAt, Instant judgedAt) {}

  /** The series that were read. */
  record Sample(long series, long of, boolean sampled) {}

  /** The rows of the file of the load. */
  record RowsView(long read, long rejected, @Nullable Double rejectRatio, long duplicates) {}

  /** The odd values that the load wrote, and those of the dataset that are open. */
  record AnomaliesView(long examined, long found, long right, long openInDataset) {}

  static QualityView of(DatasetQuality quality) {
    QualityFigures figures = quality.figures();
    QualityFigures.Rows rows = figures.rows();
    Double drop = quality.drop();
    return new QualityView(
        quality.dataset(),
        quality.score(),
        quality.before(),
        drop == null ? null : Math.round(drop * 100) / 100.0,
        new AsOf(quality.load(), quality.recorded(), quality.judged()),
        new Sample(figures.examined(), figures.series(), figures.sampled()),
        QualityScore.of(figures).parts(),
        figures.completeness(),
        new RowsView(
            rows.read(),
            rows.rejected(),
            rows.read() == 0 ? null : (double) rows.rejected() / rows.read(),
            rows.duplicates()),
        figures.revisions(),
        new AnomaliesView(
            figures.anomalies().examined(),
            figures.anomalies().found(),
            figures.anomalies().right(),
            quality.openAnomalies()));
  }
}
