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
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final String[] STATUSES = new String[128];

  static {
    for (char status = 0; status < STATUSES.length; status++) {
      STATUSES[status] = String.valueOf(status);
    }
  }

  private final ResultSet rows;

  ObservationCursor(ResultSet rows) throws SQLException {
    this.rows = rows.unwrap(PgResultSet.class);
  }

  /** Moves to the next observation; false if there is none. */
  public boolean next() throws SQLException {
    return rows.next();
  }

  public int seriesId() throws SQLException {
    return rows.getInt(1);
  }

  /** The start of the period. */
  public Instant time() throws SQLException {
    byte[] micros = rows.getBytes(2);
    if (micros.length != Long.BYTES) {
      // Sent as text, which is longer: the driver has to prepare the statement again.
      return rows.getObject(2, OffsetDateTime.class).toInstant();
    }
    return EPOCH.plus(ByteConverter.int8(micros, 0), ChronoUnit.MICROS);
  }

  /** The value, null if it is missing. */
  public @Nullable Double value() throws SQLException {
    double value = rows.getDouble(3);
    return rows.wasNull() ? null : value;
  }

  /** Its status, of SDMX's CL_OBS_STATUS. */
  public String status() throws SQLException {
    return STATUSES[rows.getBytes(4)[0]];
  }

  /**
   * The change of the observation: {@code I}nserted, {@code R}evised or {@code D}eleted; only if
   * the request is for changes.
   */
  public String action() throws SQLException {
    return rows.getString(5);
  }
}
