package io.refdata.persistence.rollup;

import io.refdata.domain.derivation.Status;
import io.refdata.domain.rollup.Bucket;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.SqlText;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Works touched buckets of one rollup out from all their observations. PostgreSQL sends the values
 * of a bucket in the order of time, as they are in its memory; they are added up here, by the code
 * that a read without a rollup adds them up by, since the sums of PostgreSQL have other bits.
 */
final class BucketReading {
  private static final String NAME = "BucketReading.read";

  /** The most values that are fetched at once, unless one bucket has more. */
  private static final int VALUES_AT_A_TIME = 250_000;

  private static final int BUCKETS_AT_A_TIME = 2_000;

  /** Statuses count only of finite values, and A is the best of all. */
  private static final SqlText READ =
      SqlText.of(
          """
          select t.series_id, t.time, o.rows, o.numbers, o.statuses
            from (select distinct series_id, time
                    from touched_bucket
                   where rollup_id = ? and time >= ? and time <= ?
                   order by series_id, time) t
           cross join lateral (
                 select count(*) as rows,
                        string_agg(float8send(v.value), '' order by v.time) as numbers,
                        string_agg(distinct v.status::text, '')
                          filter (where v.status <> 'A' and v.value > '-Infinity'
                                        and v.value < 'Infinity') as statuses
                   from <values> v
                  where v.dataset_id = <dataset> and v.series_id = t.series_id
                    and v.time >= t.time and v.time < <next>) o
          """);

  private final Handle handle;
  private final int dataset;
  private final Rollup rollup;

  BucketReading(Handle handle, int dataset, Rollup rollup) {
    this.handle = handle;
    this.dataset = dataset;
    this.rollup = rollup;
  }

  /** Buckets that follow each other, and whose observations are in the same partitions. */
  private record Stretch(Instant first, Instant last, List<Partition> partitions) {}

  /** Works them all out. */
  void read(BucketWriting into) {
    try {
      for (Stretch stretch : stretches()) {
        read(stretch, into);
      }
    } catch (SQLException e) {
      throw new ResultSetException("Reading the observations of buckets", e, null);
    }
    into.end();
  }

  /** So no statement names a partition that it has nothing to read in. */
  private List<Stretch> stretches() {
    List<Instant> starts =
        handle
            .createQuery(
                "select distinct time from touched_bucket where rollup_id = ? order by time")
            .bind(0, rollup.id())
            .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
            .list();
    Partitions present = new PartitionTables(handle, dataset).find();
    List<Stretch> stretches = new ArrayList<>();
    for (Instant start : starts) {
      List<Partition> partitions = present.over(start, rollup.frequency().next(start));
      Stretch before = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (before != null && before.partitions().equals(partitions)) {
        stretches.set(stretches.size() - 1, new Stretch(before.first(), start, partitions));
      } else {
        stretches.add(new Stretch(start, start, partitions));
      }
    }
    return stretches;
  }

  private void read(Stretch stretch, BucketWriting into) throws SQLException {
    String sql =
        READ.with("values", LeafTables.values(stretch.partitions()))
            .with("dataset", dataset)
            .with("next", BucketSql.next(rollup.frequency(), "t.time"))
            .text();
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(StatementName.tag(sql, NAME))) {
      // Below 0: binary transfer from the first execution on.
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setFetchSize(bucketsAtATime(stretch.first()));
      statement.setInt(1, rollup.id());
      statement.setObject(2, stretch.first().atOffset(ZoneOffset.UTC));
      statement.setObject(3, stretch.last().atOffset(ZoneOffset.UTC));
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          into.write(
              rows.getInt(1),
              rows.getObject(2, OffsetDateTime.class),
              rows.getLong(3) == 0 ? null : bucket(rows.getBytes(4), rows.getString(5)));
        }
      }
    }
  }

  private int bucketsAtATime(Instant start) {
    long due = rollup.resampling().due(rollup.frequency().number(start));
    return (int) Math.max(1, Math.min(BUCKETS_AT_A_TIME, VALUES_AT_A_TIME / due));
  }

  private static Bucket bucket(byte @Nullable [] numbers, @Nullable String statuses) {
    String worst = Status.NORMAL;
    for (int i = 0; statuses != null && i < statuses.length(); i++) {
      worst = Status.worse(worst, statuses.substring(i, i + 1));
    }
    Bucket.Filling filling = new Bucket.Filling();
    ByteBuffer values = ByteBuffer.wrap(numbers == null ? new byte[0] : numbers);
    while (values.hasRemaining()) {
      filling.add(values.getDouble(), worst);
    }
    return filling.bucket();
  }
}
