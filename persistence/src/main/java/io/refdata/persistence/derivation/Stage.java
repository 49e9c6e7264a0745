package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.Standing;
import io.refdata.domain.derivation.Status;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observations that are worked out from others. What a stage does not change is as it was there.
 */
abstract class Stage implements ObservationRows {
  /** The observations that it works on. */
  protected final ObservationRows rows;

  Stage(ObservationRows rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() throws SQLException, IOException {
    return rows.next();
  }

  @Override
  public Series series() throws SQLException {
    return rows.series();
  }

  @Override
  public long micros() throws SQLException {
    return rows.micros();
  }

  @Override
  public double value() throws SQLException {
    return rows.value();
  }

  @Override
  public String status() throws SQLException {
    return rows.status();
  }

  @Override
  public @Nullable String action() throws SQLException {
    return rows.action();
  }

  @Override
  public double coverage() throws SQLException {
    return rows.coverage();
  }

  @Override
  public List<String> missing() throws SQLException {
    return rows.missing();
  }

  /** The standing of the current row. */
  static Standing standing(ObservationRows row) throws SQLException {
    String status = row.status();
    double coverage = row.coverage();
    return status.equals(Status.NORMAL) && Double.isNaN(coverage)
        ? Standing.WHOLE
        : new Standing(status, coverage, row.missing());
  }
}
