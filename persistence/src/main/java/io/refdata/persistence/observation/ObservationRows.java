package io.refdata.persistence.observation;

import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observations one by one, series by series, and within a series by time: those of the database, or
 * what is worked out from other rows. What it says is about the current row, and there is none
 * before the first {@link #next}.
 */
public interface ObservationRows {
  /** Moves to the next observation; false if there is none. */
  boolean next() throws SQLException, IOException;

  /** The series that the observation belongs to: the same object in each row of a series. */
  Series series() throws SQLException;

  /** The start of the period, in microseconds since 1970. */
  long micros() throws SQLException;

  /** The value, {@code NaN} if it is missing. */
  double value() throws SQLException;

  /** Its status, of SDMX's CL_OBS_STATUS. */
  String status() throws SQLException;

  /**
   * The change of the observation: {@code I}nserted, {@code R}evised or {@code D}eleted; only if
   * the request is for changes.
   */
  @Nullable String action() throws SQLException;

  /**
   * The share of what the value is worked out from that is there, from 0 to 1; {@code NaN} if the
   * value is that of one observation.
   */
  default double coverage() throws SQLException {
    return Double.NaN;
  }

  /** The codes of the members that are due in the value of a region and not there. */
  default List<String> missing() throws SQLException {
    return List.of();
  }

  /** True if each is that of a longer period already, as a rollup keeps it. */
  default boolean areOfBuckets() {
    return false;
  }
}
