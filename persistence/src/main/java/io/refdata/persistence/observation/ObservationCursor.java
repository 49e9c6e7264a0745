package io.refdata.persistence.observation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.util.ByteConverter;

/**
 * Reads observations one by one in the order in which PostgreSQL sends them: by series, and within
 * a series by time. Times and statuses are read from the bytes of the binary transfer that {@link
 * ObservationSql} requests (a {@code timestamptz} is the microseconds since 2000, in eight bytes).
 * The driver's own conversion, by a date and time with an offset, costs more than all the rest of a
 * row.
 */
final class ObservationCursor implements ObservationRows {
  /** The beginning of PostgreSQL's time, the year 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final String[] STATUSES = new String[128];

  static {
    for (char status = 0; status < STATUSES.length; status++) {
      STATUSES[status] = String.valueOf(status);
    }
  }

  private final ResultSet rows;
  private final Map<Integer, Series> series;
  private final int before;
  private @Nullable Series current;

  /**
   * @param series the series by their ids, which are the first column unless there is only one
   */
  ObservationCursor(ResultSet rows, Map<Integer, Series> series) throws SQLException {
    this.rows = rows.unwrap(PgResultSet.class);
    this.series = series;
    this.before = series.size() == 1 ? 0 : 1;
    this.current = series.size() == 1 ? series.values().iterator().next() : null;
  }

  @Override
  public boolean next() throws SQLException {
    return rows.next();
  }

  @Override
  public Series series() throws SQLException {
    Series one = current;
    if (before > 0) {
      int id = rows.getInt(1);
      if (one == null || one.id() != id) {
        one = series.get(id);
        current = one;
      }
    }
    return Objects.requireNonNull(one);
  }

  @Override
  public long micros() throws SQLException {
    byte[] micros = rows.getBytes(before + 1);
    if (micros.length != Long.BYTES) {
      // Sent as text, which is longer: the driver has to prepare the statement again.
      Instant time = rows.getObject(before + 1, OffsetDateTime.class).toInstant();
      return BinaryCopy.micros(time);
    }
    return EPOCH_MICROS + ByteConverter.int8(micros, 0);
  }

  @Override
  public double value() throws SQLException {
    double value = rows.getDouble(before + 2);
    return rows.wasNull() ? Double.NaN : value;
  }

  @Override
  public String status() throws SQLException {
    return STATUSES[rows.getBytes(before + 3)[0]];
  }

  @Override
  public String action() throws SQLException {
    return rows.getString(before + 4);
  }
}
