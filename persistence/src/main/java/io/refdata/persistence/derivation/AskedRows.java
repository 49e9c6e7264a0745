package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.sql.BinaryCopy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The observations that meet a condition. */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class AskedRows extends Stage {
  private final Condition condition;

  /** A condition on the current row. */
  @FunctionalInterface
  interface Condition {
    boolean holds(ObservationRows row) throws SQLException;
  }

  AskedRows(ObservationRows rows, Condition condition) {
    super(rows);
    this.condition = condition;
  }

  @Override
  public boolean next() throws SQLException, IOException {
    while (rows.next()) {
      if (condition.holds(rows)) {
        return true;
      }
    }
    return false;
  }

  /** The observations of periods that start in a range. */
  static ObservationRows within(
      ObservationRows rows, @Nullable Instant from, @Nullable Instant before) {
    long first = from == null ? Long.MIN_VALUE : ceiling(from);
    long end = before == null ? Long.MAX_VALUE : ceiling(before);
    return new AskedRows(
        rows,
        row -> {
          long micros = row.micros();
          return micros >= first && micros < end;
        });
  }

  /** The first so many observations of each series. */
  static ObservationRows first(ObservationRows rows, int count) {
    return new AskedRows(rows, new Counted(count));
  }

  /** The observations that come after one of a series. */
  static ObservationRows after(ObservationRows rows, String seriesKey, Instant time) {
    long reached = BinaryCopy.micros(time);
    return new AskedRows(
        rows, row -> row.micros() > reached || !seriesKey.equals(row.series().key()));
  }

  private static long ceiling(Instant instant) {
    long micros = BinaryCopy.micros(instant);
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).isBefore(instant) ? micros + 1 : micros;
  }

  private static final class Counted implements Condition {
    private final int most;
    private @Nullable Series series;
    private int count;

    Counted(int most) {
      this.most = most;
    }

    @Override
    public boolean holds(ObservationRows row) throws SQLException {
      Series of = row.series();
      if (of != series) {
        series = of;
        count = 0;
      }
      return ++count <= most;
    }
  }
}
