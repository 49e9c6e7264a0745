package io.refdata.persistence.load.observation;

import io.refdata.persistence.dataset.SeriesCounts;
import io.refdata.persistence.load.Merged;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.rollup.TouchedBuckets;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Merges one staged partition into the dataset's. It works partition by partition, so that the hash
 * tables fit in memory.
 */
final class PartitionMerge {
  private final Handle handle;
  private final int dataset;
  private final int revision;
  private final PartitionTables tables;
  private final TouchedBuckets buckets;
  private Partitions present;

  /** Begins: until the transaction ends, {@code added} has the times of new observations. */
  PartitionMerge(Handle handle, int dataset, int revision, TouchedBuckets buckets) {
    this.handle = handle;
    this.dataset = dataset;
    this.revision = revision;
    this.tables = new PartitionTables(handle, dataset);
    this.buckets = buckets;
    this.present = tables.find();
    handle.execute("set local work_mem = '128MB'");
    handle.execute(
        """
        create temporary table added (
          first timestamptz, last timestamptz, rows bigint, id integer, leaf text) on commit drop
        """);
  }

  /** True if the dataset has the partition by now. */
  boolean exists(StagingTables.StagedPartition staged) {
    return present.at(staged.lower().toInstant()).isPresent();
  }

  /**
   * Makes the staged table the dataset's partition; or merges it, if another transaction has just
   * created one.
   */
  Merged adopt(StagingTables.StagedPartition staged) {
    Optional<String> adopted =
        tables.adopt(staged.lower(), staged.upper(), staged.name(), revision);
    if (adopted.isPresent()) {
      addTimes(adopted.get(), "true");
      buckets.addSeries(
          "(select * from added where leaf = '%s')".formatted(adopted.get()), adopted.get());
      tables.recordWrite(staged.lower().toInstant(), revision, false);
      return new Merged(staged.rows(), 0, 0);
    }
    present = tables.find();
    return merge(staged);
  }

  private Partition present(StagingTables.StagedPartition staged) {
    return present.at(staged.lower().toInstant()).orElseThrow();
  }

  private void addTimes(String table, String condition) {
    handle.execute(
        SqlText.of(
                """
                insert into added (id, rows, first, last, leaf)
                select series_id, count(*), min(time), max(time), '<table>'
                  from <table>
                 where <condition>
                 group by series_id
                """)
            .with("table", table)
            .with("condition", condition)
            .text());
  }

  /** Adds the new observations to the counts of their series. */
  void count() {
    handle.execute(
        SqlText.of(
                """
                update curated.series s
                   set <count>
                  from (select id, sum(rows)::bigint as rows, min(first) as first, max(last) as last
                          from added
                         group by id) n
                 where s.id = n.id
                """)
            .with("count", SeriesCounts.ADD)
            .text());
  }

  /**
   * Unchanged rows are not rewritten; a revised row keeps its predecessor as a vintage. A join
   * first finds the changed rows. Most files, and the key of the values, are in the order of series
   * and time: then a merge join takes 6 tenths of the time of a hash join, which the planner would
   * choose.
   */
  Merged merge(StagingTables.StagedPartition staged) {
    Partition into = present(staged);
    int changed =
        execute(
            List.of("hashjoin"),
            SqlText.of(
                    """
                    create temporary table changed on commit drop as
                    select s.time, s.value, s.series_id, s.status, o.ctid as row,
                           o.value as old_value, o.rev as old_rev, o.status as old_status
                      from <staged> s
                      left join <values> o
                        on o.dataset_id = <dataset>
                           and o.series_id = s.series_id and o.time = s.time
                     where o.rev is null or o.value is distinct from s.value or o.status <> s.status
                    """)
                .with("staged", staged.table())
                .with("values", into.values())
                .with("dataset", dataset));
    Merged merged = changed == 0 ? Merged.NOTHING : apply(into, changed);
    handle.execute("drop table changed");
    return merged;
  }

  private Merged apply(Partition into, int changed) {
    handle.execute("analyze changed");
    buckets.add("changed");
    int superseded = supersede(into);
    if (superseded > 0) {
      int revised = revise(into);
      if (revised != superseded) {
        throw new IllegalStateException(
            "%d values of %s became vintages, but %d were revised"
                .formatted(superseded, into.values(), revised));
      }
    }
    if (superseded < changed) {
      insert(into);
    }
    tables.recordWrite(into.lower(), revision, superseded > 0);
    return new Merged(changed - superseded, superseded, 0);
  }

  private int supersede(Partition into) {
    return execute(
        List.of(),
        SqlText.of(
                """
                insert into <vintages>
                       (time, value, dataset_id, series_id, rev, superseded_by, status)
                select time, old_value, <dataset>, series_id, old_rev, <revision>, old_status
                  from changed
                 where old_rev is not null
                """)
            .with("vintages", into.vintages())
            .with("dataset", dataset)
            .with("revision", revision));
  }

  /**
   * The rows are found by their place in the table: nobody else writes to the dataset, so none has
   * moved. Any other join would read the whole table or its key again.
   */
  private int revise(Partition into) {
    return execute(
        List.of("hashjoin", "mergejoin"),
        SqlText.of(
                """
                update <values> o
                   set value = c.value, status = c.status, rev = <revision>
                  from changed c
                 where o.ctid = c.row
                """)
            .with("values", into.values())
            .with("revision", revision));
  }

  private void insert(Partition into) {
    execute(
        List.of(),
        SqlText.of(
                """
                insert into <values> (time, value, dataset_id, series_id, rev, status)
                select time, value, <dataset>, series_id, <revision>, status
                  from changed
                 where old_rev is null
                 order by series_id, time
                """)
            .with("values", into.values())
            .with("dataset", dataset)
            .with("revision", revision));
    addTimes("changed", "old_rev is null");
  }

  /**
   * Runs a statement.
   *
   * @param without the kinds of joins that the planner must not choose
   */
  private int execute(List<String> without, SqlText sql) {
    without.forEach(join -> handle.execute("set local enable_" + join + " = off"));
    int rows = handle.execute(sql.text());
    without.forEach(join -> handle.execute("set local enable_" + join + " = on"));
    return rows;
  }
}
