package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.intake.Columns;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.Progress;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.persistence.dataset.Definition;
import io.refdata.persistence.load.staging.Duplicates;
import io.refdata.persistence.load.staging.ObservationCopy;
import io.refdata.persistence.load.staging.StagedKeys;
import io.refdata.persistence.load.staging.StagedPartitions;
import io.refdata.persistence.load.staging.StagingTables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Stages the observations of a file and prepares them for the merge. */
final class StageObservations {
  /**
   * As many threads as the machine has processors, but at most 4, because the pool cannot spare
   * more connections.
   */
  private static final int THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

  private final Jdbi jdbi;
  private final long load;
  private final Dataset dataset;
  private final int datasetId;
  private final LayoutDefinition layout;
  private final SourceFile file;
  private final Intake intake;
  private final StagingTables staging;

  StageObservations(
      Jdbi jdbi,
      long load,
      Dataset dataset,
      LayoutDefinition layout,
      SourceFile file,
      Intake intake) {
    this.jdbi = jdbi;
    this.load = load;
    this.dataset = dataset;
    this.datasetId = Objects.requireNonNull(dataset.id());
    this.layout = layout;
    this.file = file;
    this.intake = intake;
    this.staging = new StagingTables(load);
  }

  /**
   * Stages the observations.
   *
   * @return false if the load was stopped before the end of the file
   */
  boolean stage() throws IOException {
    ObservationLayout columns = new ObservationLayout(jdbi, dataset, layout, file);
    staging.createForObservations(jdbi, Definition.of(dataset));
    columns.rejectedColumns().forEach(intake.rejects()::add);
    StagedPartitions partitions =
        new StagedPartitions(
            jdbi, staging, datasetId, dataset.partitioning().interval(), intake.places());
    try (SeriesIds series = new SeriesIds(jdbi, datasetId)) {
      return stage(columns, series, partitions);
    }
  }

  private boolean stage(ObservationLayout columns, SeriesIds series, StagedPartitions partitions)
      throws IOException {
    Progress progress = intake.progress();
    Map<String, Long> counts;
    try (ObservationCopy copy = new ObservationCopy(jdbi, partitions, THREADS)) {
      ObservationPipeline rows = new ObservationPipeline(file, columns, series, copy, intake);
      BlockWorkers.run(this::next, columns.inOrder() ? 1 : THREADS, rows.workers(), progress::goOn);
      if (!progress.goOn()) {
        return false;
      }
      intake.tally().requireLines();
      partitions.requireFew();
      counts = copy.end();
    }
    try (Handle handle = jdbi.open()) {
      series.stage(handle, staging);
      for (CodeIndex items : columns.codeIndexes()) {
        items.stage(handle, staging);
      }
      forgetUnused(handle);
      Columns.stage(handle, staging, file.header());
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
    StagedKeys keys = new StagedKeys(jdbi, load, datasetId, intake.places());
    Duplicates duplicates = keys.make(counts, series.distinct(), THREADS);
    intake.tally().duplicates(duplicates.rows(), duplicates.rounded());
    return true;
  }

  /** Leaves out the new items that only rejected lines name. */
  private void forgetUnused(Handle handle) {
    List<Dimension> dimensions = dataset.dimensions();
    String used =
        IntStream.range(0, dimensions.size())
            .mapToObj(
                i ->
                    "(collection = :set%1$d and list is not distinct from :list%1$d and code in (select dimensions[%2$d] from %3$s))"
                        .formatted(i, i + 1, staging.series()))
            .collect(Collectors.joining(" or "));
    Update delete =
        handle.createUpdate("delete from %s where not (%s)".formatted(staging.items(), used));
    for (int i = 0; i < dimensions.size(); i++) {
      ItemSet set = ObservationLayout.set(dimensions.get(i));
      delete.bind("set" + i, set.type().collection());
      delete.bind("list" + i, set.list() == null ? null : set.list().value());
    }
    delete.execute();
  }

  /** The next block of the file. Reading is work beside that of the threads. */
  private @Nullable Block next() throws IOException {
    long start = System.nanoTime();
    Block block = file.next();
    intake.tally().worked(System.nanoTime() - start);
    return block;
  }
}
