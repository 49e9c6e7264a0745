package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.intake.Columns;
import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.Progress;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.persistence.load.staging.ObservationCopy;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagedKeys;
import io.refdata.persistence.load.staging.StagedPartitions;
import io.refdata.persistence.load.staging.StagingTables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stages the observations of a file and prepares them for the merge. */
public final class StageObservations {
  /**
   * As many threads as the machine has processors, but at most 4, because the pool cannot spare
   * more connections.
   */
  private static final int THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

  private final Jdbi jdbi;
  private final long load;
  private final LoadTarget.OfDataset into;
  private final LayoutDefinition layout;
  private final SourceFile file;
  private final StagingTables staging;

  public StageObservations(
      Jdbi jdbi, long load, LoadTarget.OfDataset into, LayoutDefinition layout, SourceFile file) {
    this.jdbi = jdbi;
    this.load = load;
    this.into = into;
    this.layout = layout;
    this.file = file;
    this.staging = new StagingTables(load);
  }

  /**
   * Stages the observations.
   *
   * @return false if the load was stopped before the end of the file
   */
  public boolean stage(
      Tally tally, Rejects.Writer rejects, @Nullable SparedKeys spared, Progress progress)
      throws IOException {
    ObservationLayout columns = new ObservationLayout(jdbi, into.dataset(), layout, file);
    staging.createForObservations(jdbi);
    columns.rejectedColumns().forEach(rejects::add);
    StagedPartitions partitions =
        new StagedPartitions(jdbi, staging, into.id(), into.dataset().partitioning().interval());
    try (SeriesIds series = new SeriesIds(jdbi, into.id())) {
      return stage(columns, series, partitions, tally, rejects, spared, progress);
    }
  }

  private boolean stage(
      ObservationLayout columns,
      SeriesIds series,
      StagedPartitions partitions,
      Tally tally,
      Rejects.Writer rejects,
      @Nullable SparedKeys spared,
      Progress progress)
      throws IOException {
    Map<String, Long> counts;
    try (ObservationCopy copy = new ObservationCopy(jdbi, partitions, THREADS)) {
      ObservationPipeline rows =
          new ObservationPipeline(file, columns, series, copy, tally, rejects, spared);
      BlockWorkers.run(
          file::next, columns.createsByName() ? 1 : THREADS, rows.workers(), progress::goOn);
      if (!progress.goOn()) {
        return false;
      }
      tally.requireLines();
      partitions.requireFew();
      counts = copy.end();
    }
    try (Handle handle = jdbi.open()) {
      series.stage(handle, staging);
      for (CodeIndex items : columns.codeIndexes()) {
        items.stage(handle, staging);
      }
      Columns.stage(handle, staging, file.header());
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
    tally.duplicates(
        new StagedKeys(jdbi, load, into.id()).make(counts, series.distinct(), THREADS));
    return true;
  }
}
