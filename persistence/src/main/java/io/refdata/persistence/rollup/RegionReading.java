package io.refdata.persistence.rollup;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.rollup.Bucket;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.bucket.KeptRegions.Kept;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.derivation.HeldColumn;
import io.refdata.persistence.derivation.HeldColumns;
import io.refdata.persistence.derivation.WholeSeries;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * Works touched buckets of a rollup of regions out from all observations of the members: what they
 * come to in each period, and then over the longer one, by the code of a read.
 */
final class RegionReading {
  private static final String NAME = "RegionReading.touched";

  /** The most values that are held at once, unless one bucket has more. */
  private static final long VALUES_AT_A_TIME =
      Math.min(250_000, Setting.AGGREGATION_VALUES.number());

  private static final int BUCKETS_AT_A_TIME = 2_000;

  private final Handle handle;
  private final int dataset;
  private final Rollup rollup;
  private final Composition composition;
  private final RegionSql sql;
  private final Partitions partitions;

  RegionReading(Handle handle, int dataset, Rollup rollup) {
    this.handle = handle;
    this.dataset = dataset;
    this.rollup = rollup;
    this.composition = Objects.requireNonNull(rollup.regions()).composition();
    this.sql = RegionSql.of(handle, rollup);
    this.partitions = new PartitionTables(handle, dataset).find();
  }

  /** Works them all out. */
  void read(BucketWriting into) {
    handle.execute(sql.createWholes());
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(StatementName.tag(sql.touched(), NAME))) {
      statement.setFetchSize(BUCKETS_AT_A_TIME);
      try (ResultSet rows = Statements.query(NAME, statement)) {
        Instant start = Instant.EPOCH;
        long values = 0;
        List<Kept> together = new ArrayList<>();
        while (rows.next()) {
          Instant next = rows.getObject(1, OffsetDateTime.class).toInstant();
          Kept whole = Kept.read(rows, 2);
          long its = values(next, whole);
          if (!next.equals(start)
              || values + its > VALUES_AT_A_TIME
              || together.size() == BUCKETS_AT_A_TIME) {
            workOut(start, together, into);
            together.clear();
            values = 0;
          }
          start = next;
          values += its;
          together.add(whole);
        }
        workOut(start, together, into);
      }
    } catch (SQLException e) {
      throw new ResultSetException("Reading the observations of members", e, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    into.end();
  }

  /** As many as a bucket can have at most. */
  private long values(Instant start, Kept whole) {
    return rollup.resampling().due(rollup.frequency().number(start))
        * composition.membersEver(code(whole)).size();
  }

  private String code(Kept whole) {
    return whole.dimensions().get(sql.position());
  }

  private void workOut(Instant start, List<Kept> wholes, BucketWriting into)
      throws SQLException, IOException {
    if (wholes.isEmpty()) {
      return;
    }
    Map<String, HeldColumn> columns = columns(start, series(start, wholes));
    for (Kept whole : wholes) {
      into.write(whole.id(), start.atOffset(ZoneOffset.UTC), bucket(whole, columns));
    }
  }

  private List<Series> series(Instant start, List<Kept> wholes) {
    List<String> keys = new ArrayList<>();
    for (Kept whole : wholes) {
      composition.membersEver(code(whole)).forEach(member -> keys.add(key(whole, member)));
    }
    // As far as it matters here, they begin and end with the bucket.
    Instant last = rollup.frequency().next(start).minus(1, ChronoUnit.MICROS);
    return handle
        .createQuery(
            "select id, key from curated.series where dataset_id = :dataset and key = any(:keys)")
        .bind("dataset", dataset)
        .bindArray("keys", String.class, keys)
        .map(
            (row, context) ->
                new Series(row.getInt(1), row.getString(2), List.of(), null, start, last))
        .list();
  }

  private String key(Kept whole, String member) {
    List<String> dimensions = new ArrayList<>(whole.dimensions());
    dimensions.set(sql.position(), member);
    return String.join(".", dimensions);
  }

  private Map<String, HeldColumn> columns(Instant start, List<Series> series)
      throws SQLException, IOException {
    Map<String, HeldColumn> columns = new HashMap<>();
    if (series.isEmpty()) {
      return columns;
    }
    HeldColumns held = HeldColumns.ofWriter();
    Observations.readThese(
        handle.getConnection(),
        dataset,
        rollup.source(),
        series,
        partitions,
        new Range(start, rollup.frequency().next(start), null, null, null, null, 0),
        (all, rows) -> held.read(rows));
    held.all().forEach(column -> columns.put(column.series().key(), column));
    return columns;
  }

  /** Null if no member has an observation in it. */
  private @Nullable Bucket bucket(Kept kept, Map<String, HeldColumn> columns) {
    WholeSeries whole = new WholeSeries(code(kept), composition, kept.dimensions());
    for (String member : composition.membersEver(code(kept))) {
      HeldColumn column = columns.get(key(kept, member));
      if (column != null) {
        whole.add(member, column);
      }
    }
    Iterator<WholeSeries.Row> rows = whole.rows(rollup.source(), kept.rule());
    if (!rows.hasNext()) {
      return null;
    }
    Bucket.Filling filling = new Bucket.Filling();
    rows.forEachRemaining(
        row ->
            filling.add(
                row.whole().value(),
                row.whole().status(),
                row.whole().coverage(),
                row.whole().missing()));
    return filling.bucket();
  }
}
