package io.refdata.persistence.observation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
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
public final class ObservationCursor {
  /** The beginning of PostgreSQL's time, the year 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final String[] STATUSES = new String[128];

  static {
    for (char status = 0; status < STATUSES.length; status++) {
      STATUSES[status] = String.valueOf(status);
    }
  }

  private final ResultSet rows;
  private final @Nullable Integer series;
  private final int before;

  /**
   * @param series the only series; null if there are others, whose ids are the first column then
   */
  ObservationCursor(ResultSet rows, @Nullable Integer series) throws SQLException {
    this.rows = rows.unwrap(PgResultSet.class);
    this.series = series;
    this.before = series == null ? 1 : 0;
  }

  /** Moves to the next observation; false if there is none. */
  public boolean next() throws SQLException {
    return rows.next();
  }

  public int seriesId() throws SQLException {
    return series == null ? rows.getInt(1) : series;
  }

  /** The start of the period, in microseconds since 1970. */
  public long micros() throws SQLException {
    byte[] micros = rows.getBytes(before + 1);
    if (micros.length != Long.BYTES) {
      // Sent as text, which is longer: the driver has to prepare the statement again.
      Instant time = rows.getObject(before + 1, OffsetDateTime.class).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
    return EPOCH_MICROS + ByteConverter.int8(micros, 0);
  }

  /** The start of the period. */
  public Instant time() throws SQLException {
    return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
  }

  /** The value, {@code NaN} if it is missing. */
  public double value() throws SQLException {
    double value = rows.getDouble(before + 2);
    return rows.wasNull() ? Double.NaN : value;
  }

  /** Its status, of SDMX's CL_OBS_STATUS. */
  public String status() throws SQLException {
    return STATUSES[rows.getBytes(before + 3)[0]];
  }

  /**
   * The change of the observation: {@code I}nserted, {@code R}evised or {@code D}eleted; only if
   * the request is for changes.
   */
  public String action() throws SQLException {
    return rows.getString(before + 4);
  }
}
