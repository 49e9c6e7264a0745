package io.refdata.persistence.load.observation;

import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.dataset.SeriesCounts;
import io.refdata.persistence.load.Merged;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.rollup.TouchedBuckets;
import io.refdata.persistence.sql.SqlText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The deletion part of a {@code REPLACE} into a dataset. It deletes the values within the scope
 * that the file no longer has, unless a rejected line or cell names them (spared keys). Each
 * deleted value becomes a vintage without a successor.
 */
final class ObservationDeletion {
  /** True for all times if the target has none of its own. */
  private static final String IN_TIME = "coalesce(o.time = cast(:time as timestamptz), true)";

  private final Handle handle;
  private final StagingTables staging;
  private final ObservationMerge.Target target;
  private final int revision;
  private final TouchedBuckets buckets;

  ObservationDeletion(
      Handle handle,
      StagingTables staging,
      ObservationMerge.Target target,
      int revision,
      TouchedBuckets buckets) {
    this.handle = handle;
    this.staging = staging;
    this.target = target;
    this.revision = revision;
    this.buckets = buckets;
  }

  /**
   * Deletes these values.
   *
   * @throws InvalidLoad if they are more than the given part of all values in scope
   */
  Merged delete(double mostOfAll) {
    selectScope();
    handle.execute("create temporary table deleted_from (id integer) on commit drop");
    Map<Instant, StagingTables.StagedPartition> staged = new TreeMap<>();
    for (StagingTables.StagedPartition partition : staging.readPartitions(handle)) {
      staged.put(partition.lower().toInstant(), partition);
    }
    long inScope = 0;
    long deleted = 0;
    PartitionTables tables = new PartitionTables(handle, target.id());
    for (Partition partition : tables.find().all()) {
      inScope +=
          handle
              .createQuery(
                  "select count(*) from %s o join in_scope s on s.id = o.series_id where %s"
                      .formatted(partition.values(), IN_TIME))
              .bind("time", target.time())
              .mapTo(Long.class)
              .one();
      long deletedHere = delete(partition, staged.get(partition.lower()));
      if (deletedHere > 0) {
        tables.recordWrite(partition.lower(), revision, true);
      }
      deleted += deletedHere;
    }
    if (deleted > 0 && (double) deleted / inScope > mostOfAll) {
      throw new InvalidLoad(
          "%d of %d values would be deleted, more than the part of %s that maxDeleteRatio allows."
              .formatted(deleted, inScope, mostOfAll));
    }
    return new Merged(0, 0, deleted);
  }

  /** Counts the observations of the series that have lost some. To be called after the merge. */
  void recount() {
    List<Integer> series =
        handle.createQuery("select distinct id from deleted_from").mapTo(Integer.class).list();
    if (!series.isEmpty()) {
      SeriesCounts.recount(handle, target.id(), series);
    }
  }

  private void selectScope() {
    handle.execute("create temporary table in_scope (id integer primary key) on commit drop");
    String condition =
        target.scope().keySet().stream()
            .map(dimension -> " and dimensions[%d] = :d%d".formatted(dimension + 1, dimension))
            .collect(Collectors.joining());
    Update fill =
        handle
            .createUpdate(
                "insert into in_scope select id from curated.series where dataset_id = :dataset"
                    + condition)
            .bind("dataset", target.id());
    target.scope().forEach((dimension, code) -> fill.bind("d" + dimension, code));
    fill.execute();
    handle.execute(
        """
        create temporary table spared on commit drop as
        select s.id, k.time
          from %s k
          join curated.series s on s.dataset_id = %d and s.key = k.key
        """
            .formatted(staging.sparedKeys(), target.id()));
    handle.execute("analyze in_scope");
    handle.execute("analyze spared");
  }

  private long delete(Partition partition, StagingTables.@Nullable StagedPartition staged) {
    String inFile =
        staged == null
            ? ""
            : "and not exists (select from %s n where n.series_id = o.series_id and n.time = o.time)"
                .formatted(staged.table());
    return handle
        .createUpdate(
            SqlText.of(
                    """
                    with deleted as (
                      delete from <values> o
                       using in_scope s
                       where s.id = o.series_id
                         and <in_time>
                         and not exists (select from spared k
                                          where k.id = o.series_id
                                            and (k.time = o.time or k.time is null))
                         <and_not_in_file>
                      returning o.*),
                    noted as (
                      insert into deleted_from select distinct series_id from deleted)<touching_buckets>
                    insert into <vintages>
                           (time, value, dataset_id, series_id, rev, superseded_by, status)
                    select time, value, dataset_id, series_id, rev, <revision>, status from deleted
                    """)
                .with("values", partition.values())
                .with("in_time", IN_TIME)
                .with("vintages", partition.vintages())
                .with("revision", revision)
                .with("and_not_in_file", inFile)
                .with("touching_buckets", buckets.addingWith("deleted"))
                .text())
        .bind("time", target.time())
        .execute();
  }
}
