package io.refdata.persistence.partition.upkeep;

import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The series that still count observations in retired partitions: their earliest one is older than
 * what is kept. They are adjusted some at a time, while the retired tables are still there.
 */
@Dependent
public class SeriesLeftBehind {
  /** The series that are adjusted at once, while writers of the dataset wait. */
  private static final int AT_ONCE = 200;

  private final Jdbi jdbi;
  private final Versions versions;

  @Inject
  public SeriesLeftBehind(Jdbi jdbi, Versions versions) {
    this.jdbi = jdbi;
    this.versions = versions;
  }

  /** Some series, and the numbers of their observations in retired partitions. */
  private record Some(List<Integer> ids, List<Long> retired) {}

  private record Counted(int series, long retired) {}

  /** True if the dataset has some. */
  boolean has(KeptDataset dataset) {
    return !jdbi.withHandle(handle -> some(handle, dataset)).isEmpty();
  }

  private static List<Integer> some(Handle handle, KeptDataset dataset) {
    return handle
        .createQuery(
            """
            select s.id from curated.series s
             where s.dataset_id = :dataset
               and s.earliest < (select max(r.upper) from curated.retired_partition r
                                  where r.dataset_id = :dataset)
             order by s.id
             limit :most
            """)
        .bind("dataset", dataset.id())
        .bind("most", AT_ONCE)
        .mapTo(Integer.class)
        .list();
  }

  /**
   * Adjusts them.
   *
   * @return what was done
   * @throws io.refdata.persistence.upkeep.Postponed if a load or a push is under way
   */
  String adjust(KeptDataset dataset) {
    int adjusted = 0;
    Some some = jdbi.withHandle(handle -> count(handle, dataset));
    while (!some.ids().isEmpty()) {
      adjust(dataset, some);
      adjusted += some.ids().size();
      some = jdbi.withHandle(handle -> count(handle, dataset));
    }
    return adjusted + " series";
  }

  /** Nobody writes to retired tables, so this needs no lock. */
  private static Some count(Handle handle, KeptDataset dataset) {
    List<Integer> ids = some(handle, dataset);
    List<String> tables =
        handle
            .createQuery(
                """
                select 'curated.' || leaf from curated.retired_partition
                 where dataset_id = :dataset and kind = 'VALUE' and gone_at is null
                """)
            .bind("dataset", dataset.id())
            .mapTo(String.class)
            .list();
    long[] counts = new long[ids.size()];
    for (String table : tables) {
      for (Counted counted : count(handle, dataset, table, ids)) {
        counts[ids.indexOf(counted.series())] += counted.retired();
      }
    }
    return new Some(ids, Arrays.stream(counts).boxed().toList());
  }

  private static List<Counted> count(
      Handle handle, KeptDataset dataset, String table, List<Integer> ids) {
    return handle
        .createQuery(
            SqlText.of(
                    """
                    select s.id, (select count(*) from <table> o
                                   where o.dataset_id = :dataset and o.series_id = s.id
                                     and o.time >= s.earliest)
                      from curated.series s
                     where s.id = any(:series)
                    """)
                .with("table", table)
                .text())
        .bind("dataset", dataset.id())
        .bindArray("series", Integer.class, ids)
        .map((row, context) -> new Counted(row.getInt(1), row.getLong(2)))
        .list();
  }

  private void adjust(KeptDataset dataset, Some some) {
    try (Change change = versions.begin()) {
      jdbi.useTransaction(
          handle -> {
            Retirement.requireTurn(handle, dataset);
            change.touch(DatasetDependencies.pushed(dataset.id(), some.ids(), false));
            subtract(handle, some);
            List<Integer> left = some.ids();
            for (Partition partition : new PartitionTables(handle, dataset.id()).find().all()) {
              left = left.isEmpty() ? left : find(handle, dataset, partition, left);
            }
            end(handle, left);
          });
      change.committed();
    }
  }

  /** One that was counted anew meanwhile is without them already. */
  private static void subtract(Handle handle, Some some) {
    handle
        .createUpdate(
            """
            update curated.series s
               set observations = s.observations - n.retired
              from unnest(:series, :retired) as n (id, retired)
             where s.id = n.id
               and s.earliest < (select max(r.upper) from curated.retired_partition r
                                  where r.dataset_id = s.dataset_id)
            """)
        .bindArray("series", Integer.class, some.ids())
        .bindArray("retired", Long.class, some.retired())
        .execute();
  }

  /** Finds the earliest observations in a partition; returns the series that have none there. */
  private static List<Integer> find(
      Handle handle, KeptDataset dataset, Partition partition, List<Integer> series) {
    List<Integer> found =
        handle
            .createQuery(
                SqlText.of(
                        """
                        update curated.series s
                           set earliest = n.time
                          from (select k.id,
                                       (select o.time from <values> o
                                         where o.dataset_id = :dataset and o.series_id = k.id
                                         order by o.time limit 1) as time
                                  from unnest(:series) as k(id)) n
                         where s.id = n.id and n.time is not null
                        returning s.id
                        """)
                    .with("values", partition.values())
                    .text())
            .bind("dataset", dataset.id())
            .bindArray("series", Integer.class, series)
            .mapTo(Integer.class)
            .list();
    return series.stream().filter(id -> !found.contains(id)).toList();
  }

  /** Nothing is left of these series. */
  private static void end(Handle handle, List<Integer> series) {
    handle
        .createUpdate(
            "update curated.series set earliest = null, latest = null where id = any(:series)")
        .bindArray("series", Integer.class, series)
        .execute();
  }
}
