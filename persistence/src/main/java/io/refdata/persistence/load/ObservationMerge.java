package io.refdata.persistence.load;

import io.refdata.dataset.Interval;
import io.refdata.persistence.load.Load.State;
import io.refdata.reference.ItemType;
import io.refdata.revision.Revision;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Merges staged observations into their dataset: partitions first, each in a transaction of its
 * own, then everything else in one.
 */
@Dependent
public class ObservationMerge {
  private static final int MOST_PARTITIONS = 1_000;

  private final Jdbi jdbi;

  @Inject
  public ObservationMerge(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Makes the partitions that the staged rows need, and answers how many it made.
   *
   * @throws LoadRefused if the dataset would have too many
   */
  public long makePartitions(long load, int dataset, Interval interval) {
    StagingTables staging = new StagingTables(load);
    List<OffsetDateTime> starts =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct date_trunc(:interval, time, 'UTC') from " + staging.rows())
                    .bind("interval", interval.name())
                    .mapTo(OffsetDateTime.class)
                    .list());
    if (starts.size() > MOST_PARTITIONS) {
      throw new LoadRefused(
          "%d partitions of a %s each would be needed, %d is the most: give the dataset a longer interval."
              .formatted(starts.size(), interval, MOST_PARTITIONS));
    }
    return starts.stream()
        .filter(
            start ->
                jdbi.withHandle(
                    handle ->
                        handle
                            .createQuery("select curated.attach_partition(:dataset, :start)")
                            .bind("dataset", dataset)
                            .bind("start", start)
                            .mapTo(Boolean.class)
                            .one()))
        .count();
  }

  /**
   * Merges what is staged, in one transaction with the load's counts and state. A load that is
   * merged already, or was stopped, is left alone.
   *
   * @return the collections of which items were made
   * @throws StagingLost if the staged rows are not all there
   */
  public List<ItemType<?>> merge(long id, int dataset) {
    StagingTables staging = new StagingTables(id);
    return jdbi.inTransaction(
        handle -> {
          Load load = new Loads(jdbi).lock(id);
          if (load.state() != State.MERGING) {
            return List.of();
          }
          staging.check(handle, load);
          NewItems items = new NewItems(handle, staging);
          List<ItemType<?>> made = items.types();
          // The lock of the reference data before that of the dataset, as everybody takes them.
          if (!made.isEmpty()) {
            items.create(open(handle, Revision.REFERENCE_DATA, load));
          }
          int revision = open(handle, dataset, load);
          long duplicates = Duplicates.refuse(handle, staging, load, "series_id, time");
          makeSeries(handle, staging, dataset, revision);
          Merged merged = merge(handle, staging, dataset, revision, duplicates);
          extendSeries(handle, staging);
          Loads.complete(handle, id, revision, merged);
          return made;
        });
  }

  static int open(Handle handle, int topic, Load load) {
    return handle
        .createQuery("select ref.open_revision(:topic, :by, :reason, :load)")
        .bind("topic", topic)
        .bind("by", load.by())
        .bind("reason", load.reason())
        .bind("load", load.id())
        .mapTo(Integer.class)
        .one();
  }

  private static void makeSeries(Handle handle, StagingTables staging, int dataset, int revision) {
    handle.execute(
        """
        insert into curated.series (id, dataset_id, rev, key, dimensions)
        select id, ?, ?, key, dimensions from %s order by id
        on conflict (dataset_id, key) do nothing
        """
            .formatted(staging.series()),
        dataset,
        revision);
    // Another load may have made some of them since: its rows then go to those.
    handle.execute(
        """
        update %s r
           set series_id = s.id
          from %s n
          join curated.series s on s.dataset_id = ? and s.key = n.key
         where n.id <> s.id and r.series_id = n.id
        """
            .formatted(staging.rows(), staging.series()),
        dataset);
  }

  /** Unchanged rows are not rewritten; what is revised keeps its predecessor as a vintage. */
  private static Merged merge(
      Handle handle, StagingTables staging, int dataset, int revision, long duplicates) {
    return handle
        .createQuery(
            """
            with merged as (
              merge into curated.observation_%1$d o
              using %2$s s
                 on o.dataset_id = %1$d and o.series_id = s.series_id and o.time = s.time
               when matched and (o.value is distinct from s.value or o.status <> s.status) then
                    update set value = s.value, status = s.status, rev = :revision
               when not matched then
                    insert (time, value, dataset_id, series_id, rev, status)
                    values (s.time, s.value, %1$d, s.series_id, :revision, s.status)
              returning merge_action() as action,
                        old.time, old.value, old.series_id, old.rev, old.status),
            superseded as (
              insert into curated.observation_vintage_%1$d
                     (time, value, dataset_id, series_id, rev, superseded_by, status)
              select time, value, %1$d, series_id, rev, :revision, status
                from merged
               where action = 'UPDATE')
            select count(*) filter (where action = 'INSERT'), count(*) filter (where action = 'UPDATE')
              from merged
            """
                .formatted(dataset, staging.rows()))
        .bind("revision", revision)
        .map((row, context) -> new Merged(row.getLong(1), row.getLong(2), 0, duplicates))
        .one();
  }

  private static void extendSeries(Handle handle, StagingTables staging) {
    handle.execute(
        """
        update curated.series s
           set first = least(s.first, staged.first), last = greatest(s.last, staged.last)
          from (select series_id, min(time) as first, max(time) as last from %s group by series_id) staged
         where s.id = staged.series_id
           and (s.first is null or staged.first < s.first or staged.last > s.last)
        """
            .formatted(staging.rows()));
  }

  /** Refreshes the planner's statistics of a dataset. */
  public void analyze(int dataset) {
    jdbi.useHandle(
        handle -> {
          handle.execute("analyze curated.observation_" + dataset);
          handle.execute("analyze curated.series");
        });
  }
}
