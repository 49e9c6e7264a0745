package io.refdata.persistence.bucket;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the buckets of a range from the rollup of a dataset that has them, in a snapshot. */
public final class BucketSelection {
  private static final String FIND = "BucketSelection.find";
  private static final String READ = "BucketSelection.read";
  private static final int ROWS_AT_A_TIME = 2_000;

  private static final String FITTING =
      StoredRollup.SELECT
          + StoredRollup.FROM
          + """
          where r.dataset_id = ? and r.frequency = ? and r.dimension is null
          order by r.since, r.id
          limit 1
          """;

  private final Rollup rollup;

  private BucketSelection(Rollup rollup) {
    this.rollup = rollup;
  }

  /** The buckets of a rollup. */
  public static BucketSelection of(Rollup rollup) {
    return new BucketSelection(rollup);
  }

  /** Reads the rows, which are results: a value for each bucket. */
  @FunctionalInterface
  public interface Reader {
    void read(ObservationRows results) throws SQLException, IOException;
  }

  /**
   * The buckets of a dataset by a frequency; null if it has no rollup that knows them.
   *
   * @param asOf the revision of the dataset as of which to read; null for now
   */
  public static @Nullable BucketSelection find(
      Connection connection, int dataset, Frequency frequency, @Nullable Integer asOf)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(StatementName.tag(FITTING, FIND))) {
      statement.setInt(1, dataset);
      statement.setString(2, frequency.name());
      try (ResultSet rows = Statements.query(FIND, statement)) {
        Rollup rollup = rows.next() ? StoredRollup.read(rows) : null;
        return rollup == null || !rollup.knows(asOf) ? null : new BucketSelection(rollup);
      }
    }
  }

  /**
   * Reads the values of the buckets that begin in a range.
   *
   * @param series in the order of their creation; of a rollup of regions in any order, which the
   *     rows have too, and with the ids of its series
   * @param rules gives the rule by which the values of a series are made
   */
  public void read(
      Connection connection,
      List<Series> series,
      Range range,
      Function<Series, Aggregation> rules,
      Reader reader)
      throws SQLException, IOException {
    List<Object> bound = new ArrayList<>();
    String sql = sql(connection, series, range, bound);
    try (PreparedStatement statement = connection.prepareStatement(StatementName.tag(sql, READ))) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      for (int i = 0; i < bound.size(); i++) {
        statement.setObject(i + 1, bound.get(i));
      }
      Map<Integer, Series> byId = new LinkedHashMap<>();
      series.forEach(one -> byId.put(one.id(), one));
      try (ResultSet rows = Statements.query(READ, statement)) {
        reader.read(new BucketRows(rows, byId, rollup.resampling(), rules));
      }
    }
  }

  private String sql(Connection connection, List<Series> series, Range range, List<Object> bound)
      throws SQLException {
    Position after = range.after();
    int reached = after == null ? 0 : id(series, after.seriesKey());
    Array ids =
        connection.createArrayOf(
            "int4",
            series.stream().map(Series::id).filter(id -> id >= reached).toArray(Integer[]::new));
    StringBuilder sql = new StringBuilder("select o.* from (");
    add(sql, bound, "curated.rollup_bucket", ids, range);
    if (range.asOf() != null) {
      sql.append(" and b.rev <= ? union all ");
      bound.add(range.asOf());
      add(sql, bound, "curated.rollup_vintage", ids, range);
      sql.append(" and b.rev <= ? and b.superseded_by > ?");
      bound.add(range.asOf());
      bound.add(range.asOf());
    }
    sql.append(") o");
    if (after != null) {
      sql.append(" where (o.series_id, o.time) > (?, ?)");
      bound.add(reached);
      bound.add(after.time().atOffset(ZoneOffset.UTC));
    }
    if (rollup.regions() == null) {
      return sql.append(" order by o.series_id, o.time").toString();
    }
    bound.add(ids);
    return sql.append(" order by array_position(?, o.series_id), o.time").toString();
  }

  private static int id(List<Series> series, String key) {
    return series.stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new NoSuchItem("series", key))
        .id();
  }

  private void add(StringBuilder sql, List<Object> bound, String table, Array ids, Range range) {
    sql.append("select b.series_id, b.time, b.count, b.sum, b.mean, b.least, b.greatest, b.first,")
        .append(" b.last, b.status, b.present, b.missing from ")
        .append(table)
        .append(" b where b.rollup_id = ? and b.series_id = any(?)");
    bound.add(rollup.id());
    bound.add(ids);
    addBound(sql, bound, " and b.time >= ?", range.from());
    addBound(sql, bound, " and b.time < ?", range.before());
  }

  private static void addBound(
      StringBuilder sql, List<Object> bound, String condition, @Nullable Instant instant) {
    if (instant != null) {
      sql.append(condition);
      bound.add(instant.atOffset(ZoneOffset.UTC));
    }
  }
}
