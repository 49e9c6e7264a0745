package io.refdata.persistence.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Observations one by one as PostgreSQL sends them: by series, and within a series by time. */
public final class ObservationCursor {
  private final ResultSet rows;

  ObservationCursor(ResultSet rows) {
    this.rows = rows;
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
    return rows.getObject(2, OffsetDateTime.class).toInstant();
  }

  /** The value, null if it is missing. */
  public @Nullable Double value() throws SQLException {
    double value = rows.getDouble(3);
    return rows.wasNull() ? null : value;
  }

  /** Its status, of SDMX's CL_OBS_STATUS. */
  public String status() throws SQLException {
    return rows.getString(4);
  }

  /**
   * What was done to it: {@code I}nserted, {@code R}evised or {@code D}eleted; only if changes were
   * asked for.
   */
  public String action() throws SQLException {
    return rows.getString(5);
  }
}
