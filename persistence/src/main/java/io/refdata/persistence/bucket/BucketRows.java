package io.refdata.persistence.bucket;

import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.rollup.Bucket;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of buckets, one by one, as {@link BucketSelection} reads them. */
final class BucketRows implements ObservationRows {
  private final ResultSet rows;
  private final Map<Integer, Series> selected;
  private final Resampling resampling;
  private final Function<Series, Aggregation> rules;
  private @Nullable Series series;
  private Aggregation rule = Aggregation.SUM;
  private Instant start = Instant.EPOCH;
  private long due = 1;
  private Bucket bucket = new Bucket.Filling().bucket();

  BucketRows(
      ResultSet rows,
      Map<Integer, Series> selected,
      Resampling resampling,
      Function<Series, Aggregation> rules) {
    this.rows = rows;
    this.selected = selected;
    this.resampling = resampling;
    this.rules = rules;
  }

  @Override
  public boolean next() throws SQLException {
    if (!rows.next()) {
      return false;
    }
    int id = rows.getInt(1);
    if (series == null || series.id() != id) {
      series = Objects.requireNonNull(selected.get(id));
      rule = rules.apply(series);
    }
    start = rows.getObject(2, OffsetDateTime.class).toInstant();
    due = resampling.due(resampling.target().number(start));
    bucket =
        new Bucket(
            rows.getInt(3),
            number(4),
            number(5),
            number(6),
            number(7),
            number(8),
            number(9),
            rows.getString(10),
            present(),
            names(rows.getArray(12)));
    return true;
  }

  private double present() throws SQLException {
    double present = rows.getDouble(11);
    return rows.wasNull() ? rows.getInt(3) : present;
  }

  private static List<String> names(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : StoredRollup.texts(array);
  }

  private double number(int column) throws SQLException {
    double number = rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : number;
  }

  @Override
  public Series series() {
    return Objects.requireNonNull(series);
  }

  @Override
  public long micros() {
    return BinaryCopy.micros(start);
  }

  @Override
  public double value() {
    return bucket.value(rule);
  }

  @Override
  public String status() {
    return bucket.status(rule, due);
  }

  @Override
  public @Nullable String action() {
    return null;
  }

  @Override
  public double coverage() {
    return bucket.coverage(due);
  }

  @Override
  public List<String> missing() {
    return bucket.missing();
  }

  @Override
  public boolean areOfBuckets() {
    return true;
  }
}
