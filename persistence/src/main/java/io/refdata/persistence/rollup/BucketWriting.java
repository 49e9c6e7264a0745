package io.refdata.persistence.rollup;

import io.refdata.domain.rollup.Bucket;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.sql.SqlText;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes buckets of one rollup, many at a time. One that is as it was is not written; of one that
 * is not, what it was becomes a vintage.
 */
final class BucketWriting {
  private static final int AT_ONCE = 5_000;

  /** The bits of a row, since 0 and -0 are equal numbers. */
  private static final SqlText BITS =
      SqlText.of(
          "(<row>.count, float8send(<row>.sum), float8send(<row>.mean), float8send(<row>.least),"
              + " float8send(<row>.greatest), float8send(<row>.first), float8send(<row>.last),"
              + " <row>.status, float8send(<row>.present), <row>.missing)");

  private static final String COLUMNS =
      "time, sum, mean, least, greatest, first, last, series_id, count, status, present, missing";

  private static final SqlText WRITE =
      SqlText.of(
              """
              with given as (
                select time, sum, mean, least, greatest, first, last, series_id, count,
                       status::"char", present, string_to_array(missing, ' ') as missing
                  from unnest(:times, :sums, :means, :least, :greatest, :first, :last, :series,
                              :counts, :statuses, :present, :missing)
                       as n (<columns>)),
              merged as (
                merge into curated.rollup_bucket o
                using given n
                   on o.rollup_id = :rollup and o.series_id = n.series_id and o.time = n.time
                 when matched and n.count is null then
                      delete
                 when matched and <was> is distinct from <is> then
                      update set sum = n.sum, mean = n.mean, least = n.least,
                                 greatest = n.greatest, first = n.first, last = n.last,
                                 count = n.count, status = n.status, present = n.present,
                                 missing = n.missing, rev = :revision
                 when not matched and n.count is not null then
                      insert (<columns>, rollup_id, rev)
                      values (n.time, n.sum, n.mean, n.least, n.greatest, n.first, n.last,
                              n.series_id, n.count, n.status, n.present, n.missing, :rollup, :revision)
                returning merge_action() as action, old.*)
              insert into curated.rollup_vintage (<columns>, rollup_id, rev, superseded_by)
              select <columns>, rollup_id, rev, :revision
                from merged
               where action <> 'INSERT'
              """)
          .with("columns", COLUMNS)
          .with("was", BITS.with("row", "o"))
          .with("is", BITS.with("row", "n"));

  private final Handle handle;
  private final Rollup rollup;
  private final int revision;
  private final List<Integer> series = new ArrayList<>();
  private final List<OffsetDateTime> times = new ArrayList<>();
  private final List<@Nullable Bucket> buckets = new ArrayList<>();

  /**
   * @param revision the one that changes them
   */
  BucketWriting(Handle handle, Rollup rollup, int revision) {
    this.handle = handle;
    this.rollup = rollup;
    this.revision = revision;
  }

  /**
   * Writes a bucket, now or later.
   *
   * @param bucket null if there is no observation in it
   */
  void write(int itsSeries, OffsetDateTime start, @Nullable Bucket bucket) {
    series.add(itsSeries);
    times.add(start);
    buckets.add(bucket);
    if (buckets.size() == AT_ONCE) {
      end();
    }
  }

  /** Writes those that are left. */
  void end() {
    if (buckets.isEmpty()) {
      return;
    }
    handle
        .createUpdate(WRITE.text())
        .bindArray("times", OffsetDateTime.class, times)
        .bindArray("series", Integer.class, series)
        .bindArray("counts", Integer.class, each(Bucket::count))
        .bindArray("sums", Double.class, each(bucket -> number(bucket.sum())))
        .bindArray("means", Double.class, each(bucket -> number(bucket.mean())))
        .bindArray("least", Double.class, each(bucket -> number(bucket.least())))
        .bindArray("greatest", Double.class, each(bucket -> number(bucket.greatest())))
        .bindArray("first", Double.class, each(bucket -> number(bucket.first())))
        .bindArray("last", Double.class, each(bucket -> number(bucket.last())))
        .bindArray("statuses", String.class, each(Bucket::status))
        .bindArray("present", Double.class, ofRegions(Bucket::present))
        .bindArray("missing", String.class, ofRegions(bucket -> String.join(" ", bucket.missing())))
        .bind("rollup", rollup.id())
        .bind("revision", revision)
        .execute();
    series.clear();
    times.clear();
    buckets.clear();
  }

  /** A part of a bucket, or nothing. */
  @FunctionalInterface
  private interface Part<T> {
    @Nullable T of(Bucket bucket);
  }

  private <T> Object[] each(Part<T> part) {
    return buckets.stream().map(bucket -> bucket == null ? null : part.of(bucket)).toArray();
  }

  /** Of a series in the data it is told by the count. */
  private <T> Object[] ofRegions(Part<T> part) {
    return each(bucket -> rollup.regions() == null ? null : part.of(bucket));
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
