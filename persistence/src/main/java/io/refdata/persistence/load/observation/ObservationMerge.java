package io.refdata.persistence.load.observation;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.domain.load.LoadMode;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Definition;
import io.refdata.persistence.dataset.DimensionItems;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.Merged;
import io.refdata.persistence.load.Publications;
import io.refdata.persistence.load.item.NewItems;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.load.staging.StagingTables.StagedPartition;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.rollup.TouchedBuckets;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Merges staged observations into their dataset, all in one transaction with the load's counts and
 * state. If the dataset lacks a partition, the staged table becomes that partition (it is adopted),
 * and no rows are copied.
 */
@Dependent
public class ObservationMerge {
  /** A dry run goes back to it: it writes nothing but its own counts. */
  private static final String BEFORE = "before_dry_run";

  private final Jdbi jdbi;

  @Inject
  public ObservationMerge(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The target of a load.
   *
   * @param id the dataset's id
   * @param dimensions the dimensions of its series
   * @param scope for {@code REPLACE}: the codes that series must have in dimensions (by index, from
   *     0) for their values to be deleted
   * @param time for {@code REPLACE}: the start of the only period whose values may be deleted; null
   *     for those of all
   */
  public record Target(
      int id, List<Dimension> dimensions, Map<Integer, String> scope, @Nullable Instant time) {}

  /**
   * Creates the partitions that the dataset lacks and that cannot be adopted, each in a short
   * transaction of its own, so that no other has to wait; returns the number of created ones.
   *
   * @throws InvalidLoad if the dataset would have too many
   */
  public long makePartitions(long load, int dataset) {
    StagingTables staging = new StagingTables(load);
    return jdbi.withHandle(handle -> lacking(handle, staging, dataset)).stream()
        .filter(staged -> !staged.logged())
        .filter(staged -> jdbi.inTransaction(handle -> create(handle, dataset, staged)))
        .count();
  }

  private static List<StagedPartition> lacking(Handle handle, StagingTables staging, int dataset) {
    PartitionTables tables = new PartitionTables(handle, dataset);
    Partitions present = tables.find();
    List<StagedPartition> lacking =
        staging.readPartitions(handle).stream()
            .filter(staged -> present.at(staged.lower().toInstant()).isEmpty())
            .toList();
    if (lacking.size() > tables.room()) {
      throw InvalidLoad.tooManyPartitions(lacking.size(), tables.room());
    }
    return lacking;
  }

  private static boolean create(Handle handle, int dataset, StagedPartition staged) {
    return new PartitionTables(handle, dataset).create(staged.lower().toInstant());
  }

  /**
   * Merges the staged observations. If the load is merged already or was stopped, nothing happens.
   *
   * @param change records the dependencies that the merge changes
   * @return the collections in which items were created
   * @throws StagingLost if the staged rows are not all there, or if the dataset was defined in
   *     another way when they were staged
   */
  public List<ItemType<?>> merge(long id, Target target, Change change) {
    StagingTables staging = new StagingTables(id);
    return jdbi.inTransaction(
        handle -> {
          Load load = new Loads(jdbi).lock(id);
          if (load.state() != State.MERGING) {
            return List.of();
          }
          staging.check(handle, load);
          if (load.dryRun()) {
            handle.savepoint(BEFORE);
          }
          NewItems items = new NewItems(handle, staging);
          List<ItemType<?>> created = items.types();
          // The lock of the reference data before that of the dataset: the order of all writers.
          if (!created.isEmpty()) {
            items.create(Revisions.open(handle, Revision.REFERENCE_DATA, load));
          }
          int revision = Revisions.open(handle, target.id(), load);
          Publications.check(handle, load);
          requireSameDefinition(handle, staging, target.id());
          requireKept(handle, staging, target.id());
          if (load.dryRun()) {
            lacking(handle, staging, target.id()).stream()
                .filter(staged -> !staged.logged())
                .forEach(staged -> create(handle, target.id(), staged));
          }
          holdItems(handle, staging, target.dimensions());
          makeSeries(handle, staging, target.id(), revision);
          Merged merged = merge(handle, staging, target, revision, load);
          if (load.dryRun()) {
            handle.rollbackToSavepoint(BEFORE);
            Loads.complete(handle, id, null, merged);
            return List.of();
          }
          Loads.complete(handle, id, revision, merged);
          change.touch(ItemDependencies.loaded(created));
          change.touch(DatasetDependencies.recorded(target.id()));
          if (!merged.equals(Merged.NOTHING)) {
            change.touch(DatasetDependencies.loaded(target.id()));
          }
          return created;
        });
  }

  /**
   * The dataset may have been deleted, and perhaps created anew, or defined in another way, while
   * the load was staged.
   */
  private static void requireSameDefinition(Handle handle, StagingTables staging, int dataset) {
    Definition stored =
        Definition.stored(handle, dataset)
            .orElseThrow(
                () -> new InvalidLoad("The dataset was deleted while its load was staged."));
    if (!stored.equals(staging.definition(handle))) {
      throw StagingLost.changed("The dataset was changed");
    }
  }

  /** Retention may have removed partitions that rows were staged for. */
  private static void requireKept(Handle handle, StagingTables staging, int dataset) {
    Partitions.Retired retired = new PartitionTables(handle, dataset).find().retired();
    if (retired != null
        && staging.readPartitions(handle).stream()
            .anyMatch(staged -> staged.lower().toInstant().isBefore(retired.before()))) {
      throw StagingLost.changed("Retention removed partitions of the dataset");
    }
  }

  /** Items that new series refer to may have been deleted since the file was staged. */
  private static void holdItems(Handle handle, StagingTables staging, List<Dimension> dimensions) {
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      List<String> codes =
          handle
              .createQuery(
                  "select distinct dimensions[%d] from %s where is_new"
                      .formatted(i + 1, staging.series()))
              .mapTo(String.class)
              .list();
      DimensionItems.hold(handle, dimension, codes)
          .ifPresent(
              code -> {
                throw StagingLost.changed(dimension.values() + "/" + code + " was deleted");
              });
    }
  }

  private static void makeSeries(Handle handle, StagingTables staging, int dataset, int revision) {
    handle.execute(
        """
        insert into curated.series (id, dataset_id, rev, key, dimensions)
        select id, ?, ?, key, dimensions from %s where is_new order by id
        on conflict (dataset_id, key) do nothing
        """
            .formatted(staging.series()),
        dataset,
        revision);
    // Another load may have created some of them since: then the rows go to those series.
    int others =
        handle.execute(
            """
            create temporary table other_series on commit drop as
            select n.id as mine, s.id as theirs
              from %s n
              join curated.series s on s.dataset_id = %d and s.key = n.key
             where n.id <> s.id
            """
                .formatted(staging.series(), dataset));
    if (others == 0) {
      return;
    }
    for (StagedPartition partition : staging.readPartitions(handle)) {
      handle.execute(
          "update %s r set series_id = o.theirs from other_series o where r.series_id = o.mine"
              .formatted(partition.table()));
    }
    handle.execute(
        "update %s n set id = o.theirs from other_series o where n.id = o.mine"
            .formatted(staging.series()));
  }

  private static Merged merge(
      Handle handle, StagingTables staging, Target target, int revision, Load load) {
    TouchedBuckets buckets = TouchedBuckets.of(handle, target.id());
    PartitionMerge merge = new PartitionMerge(handle, target.id(), revision, buckets);
    Merged merged = Merged.NOTHING;
    List<StagedPartition> adopted = new ArrayList<>();
    ObservationDeletion deletion =
        new ObservationDeletion(handle, staging, target, revision, buckets);
    if (load.mode() == LoadMode.REPLACE) {
      merged = merged.plus(deletion.delete(load.maxDeleteRatio()));
    }
    for (StagedPartition partition : staging.readPartitions(handle)) {
      if (partition.logged() && !merge.exists(partition)) {
        adopted.add(partition);
      } else {
        merged = merged.plus(merge.merge(partition));
      }
    }
    // Last, since it locks the dataset's tables against other writers.
    for (StagedPartition partition : adopted) {
      merged = merged.plus(merge.adopt(partition));
    }
    merge.count();
    if (load.mode() == LoadMode.REPLACE) {
      deletion.recount();
    }
    buckets.workOut(revision);
    return merged;
  }

  /** Refreshes the planner's statistics of the tables that a load has written to. */
  public void analyze(long load, int dataset) {
    jdbi.useHandle(
        handle -> {
          written(handle, new StagingTables(load), dataset)
              .forEach(table -> analyze(handle, table));
          analyze(handle, "curated.series");
        });
  }

  /**
   * Uses a tenth of the usual sample: series and times are spread evenly, and no query filters by
   * value. The setting ends with the transaction, since the session goes back to the pool.
   */
  private static void analyze(Handle handle, String table) {
    handle.useTransaction(
        own -> {
          own.execute("set local default_statistics_target = 10");
          own.execute("analyze " + table);
        });
  }

  private static List<String> written(Handle handle, StagingTables staging, int dataset) {
    Partitions present = new PartitionTables(handle, dataset).find();
    return (staging.exist(handle) ? staging.readPartitions(handle) : List.<StagedPartition>of())
        .stream()
            .flatMap(staged -> present.at(staged.lower().toInstant()).stream())
            .map(Partition::values)
            .toList();
  }
}
