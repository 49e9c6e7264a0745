package io.refdata.persistence.partition.upkeep;

import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates the partitions that the next observations of each dataset need, and retires those that
 * are older than its retention. It blocks neither readers nor writers, and what it cannot do now,
 * it does the next time. Creation and retirement fail apart, and so do datasets.
 */
@Dependent
public class PartitionUpkeep implements Task {
  public static final String NAME = "PARTITIONS";

  private final Jdbi jdbi;
  private final OptimizationLog log;
  private final NextPartitions next;
  private final Retirement retirement;
  private final SeriesLeftBehind series;
  private final RetiredTables tables;

  @Inject
  public PartitionUpkeep(
      Jdbi jdbi,
      OptimizationLog log,
      NextPartitions next,
      Retirement retirement,
      SeriesLeftBehind series,
      RetiredTables tables) {
    this.jdbi = jdbi;
    this.log = log;
    this.next = next;
    this.retirement = retirement;
    this.series = series;
    this.tables = tables;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  /** A table that a crash left half detached is in the way of everything that follows. */
  @Override
  public boolean atStart() {
    return true;
  }

  @Override
  public void run(Consumer<Step> done) {
    for (KeptDataset dataset : jdbi.withHandle(KeptDataset::all)) {
      Partitions present = next.present(dataset);
      next.create(dataset, present, done);
      retire(dataset, present, done);
    }
    remove(tables.ofDeletedDatasets(), done);
    for (int id : tables.deletedDatasets()) {
      log.run("DROP_DATASET", "observation_" + id, () -> tables.dropDataset(id), done);
    }
  }

  private void retire(KeptDataset dataset, Partitions present, Consumer<Step> done) {
    Instant keptFrom = dataset.keptFrom();
    if (keptFrom != null
        && present.all().stream().anyMatch(partition -> !partition.upper().isAfter(keptFrom))) {
      log.run("RETIRE_PARTITIONS", dataset.code(), () -> retirement.retire(dataset), done);
    }
    if (series.has(dataset)) {
      log.run("ADJUST_SERIES", dataset.code(), () -> series.adjust(dataset), done);
    }
    // Series are adjusted by what the retired tables hold.
    if (!series.has(dataset)) {
      remove(tables.left(dataset), done);
    }
  }

  private void remove(List<RetiredTables.Leaf> leaves, Consumer<Step> done) {
    leaves.forEach(leaf -> log.run(leaf.task(), leaf.name(), () -> tables.remove(leaf), done));
  }
}
