package io.refdata.persistence.rollup;

import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.sql.SqlText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The buckets of the rollups of a dataset in which a writer changes observations. Each writer says
 * which ones, and in the end, in the same transaction, has them worked out anew. Of a rollup of
 * regions, these are the buckets of their members. Nothing happens if the dataset has no rollups.
 * The writer holds the lock of the dataset's topic.
 */
public final class TouchedBuckets {
  private final Handle handle;
  private final int dataset;
  private final List<Rollup> rollups;

  private TouchedBuckets(Handle handle, int dataset, List<Rollup> rollups) {
    this.handle = handle;
    this.dataset = dataset;
    this.rollups = rollups.stream().filter(Rollup::keepsBuckets).toList();
    if (!isIdle()) {
      handle.execute(
          """
          create temporary table touched_bucket (
            time timestamptz, rollup_id integer, series_id integer, whole_id integer)
            on commit drop
          """);
    }
  }

  /** Begins; until the transaction ends, {@code touched_bucket} has the buckets. */
  public static TouchedBuckets of(Handle handle, int dataset) {
    return of(handle, dataset, Rollups.of(handle, dataset));
  }

  static TouchedBuckets of(Handle handle, int dataset, List<Rollup> rollups) {
    return new TouchedBuckets(handle, dataset, rollups);
  }

  /** True if the dataset has no rollups with buckets. */
  public boolean isIdle() {
    return rollups.isEmpty();
  }

  /**
   * Adds those that hold observations.
   *
   * @param rows SQL of a table with their {@code series_id} and {@code time}
   */
  public void add(String rows) {
    for (Rollup rollup : rollups) {
      handle.execute(adding(rollup, rows));
    }
  }

  /**
   * Expressions to stand in a {@code with}, each after a comma, that add those that hold the rows
   * of another expression; empty if there is nothing to do.
   *
   * @param rows its name; it has {@code series_id} and {@code time}
   */
  public String addingWith(String rows) {
    StringBuilder expressions = new StringBuilder();
    for (Rollup rollup : rollups) {
      expressions.append(", touched_%d as (%s)".formatted(rollup.id(), adding(rollup, rows)));
    }
    return expressions.toString();
  }

  private static String adding(Rollup rollup, String rows) {
    return SqlText.of(
            """
            insert into touched_bucket (time, rollup_id, series_id)
            select distinct <start>, <rollup>, o.series_id from <rows> o\
            """)
        .with("start", BucketSql.startOf(rollup.frequency(), "o.time"))
        .with("rollup", rollup.id())
        .with("rows", rows)
        .text();
  }

  /**
   * Adds those of whole series. If a series has an observation for each of its buckets on average,
   * all from its first to its last are taken, and its observations are not read.
   *
   * @param spans SQL of a table with the {@code id} of each series, the times of its {@code first}
   *     and {@code last} observation, and the number of its observations {@code rows}
   * @param values SQL of a table with these observations
   */
  public void addSeries(String spans, String values) {
    for (Rollup rollup : rollups) {
      SqlText dense =
          SqlText.of(
                  """
                  extract(epoch from s.last - s.first)
                  <= s.rows * extract(epoch from <length>)\
                  """)
              .with("length", BucketSql.length(rollup.frequency()));
      handle.execute(
          SqlText.of(
                  """
                  insert into touched_bucket (time, rollup_id, series_id)
                  select b.time, <rollup>, s.id
                    from <spans> s
                   cross join generate_series(<first>, s.last, <length>, 'UTC') as b (time)
                   where <dense>
                  """)
              .with("rollup", rollup.id())
              .with("spans", spans)
              .with("first", BucketSql.startOf(rollup.frequency(), "s.first"))
              .with("length", BucketSql.length(rollup.frequency()))
              .with("dense", dense)
              .text());
      handle.execute(
          adding(
              rollup,
              SqlText.of(
                      """
                      (select v.series_id, v.time
                         from <spans> s
                         join <values> v on v.dataset_id = <dataset> and v.series_id = s.id
                        where not (<dense>))\
                      """)
                  .with("spans", spans)
                  .with("values", values)
                  .with("dataset", dataset)
                  .with("dense", dense)
                  .text()));
    }
  }

  /** Adds those that hold some observations, given by the ids of their series and their times. */
  public void add(List<Integer> series, List<OffsetDateTime> times) {
    for (Rollup rollup : rollups) {
      handle
          .createUpdate(adding(rollup, "unnest(:series, :times) as n (series_id, time)", "n"))
          .bindArray("series", Integer.class, series)
          .bindArray("times", OffsetDateTime.class, times)
          .execute();
    }
  }

  private static String adding(Rollup rollup, String rows, String name) {
    return adding(rollup, "(select %1$s.series_id, %1$s.time from %2$s)".formatted(name, rows));
  }

  /** Adds all that begin before an instant. */
  public void addBefore(Instant instant) {
    for (Rollup rollup : rollups) {
      handle.execute(
          """
          insert into touched_bucket (time, rollup_id, series_id, whole_id)
          select time, rollup_id, case when not ? then series_id end, case when ? then series_id end
            from curated.rollup_bucket
           where rollup_id = ? and time < ?
          """,
          rollup.regions() != null,
          rollup.regions() != null,
          rollup.id(),
          instant.atOffset(ZoneOffset.UTC));
    }
  }

  /** Works them all out anew. To be called after all observations are written. */
  public void workOut(int revision) {
    if (!rollups.isEmpty()) {
      handle.execute("analyze touched_bucket");
    }
    for (Rollup rollup : rollups) {
      BucketWriting into = new BucketWriting(handle, rollup, revision);
      if (rollup.regions() == null) {
        new BucketReading(handle, dataset, rollup).read(into);
      } else {
        new RegionReading(handle, dataset, rollup).read(into);
      }
    }
  }

  /**
   * Keeps no state before a revision any longer, because observations of earlier states are gone.
   */
  public void forgetBefore(int revision) {
    for (Rollup rollup : rollups) {
      handle.execute("delete from curated.rollup_vintage where rollup_id = ?", rollup.id());
      handle.execute("update curated.rollup set since = ? where id = ?", revision, rollup.id());
    }
  }
}
