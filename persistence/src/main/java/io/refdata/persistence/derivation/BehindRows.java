package io.refdata.persistence.derivation;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.sql.BinaryCopy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;

/** The observations that come behind one of a series; all before it are left out. */
final class BehindRows extends Stage {
  private final String seriesKey;
  private final long reached;
  private boolean behind;

  BehindRows(ObservationRows rows, String seriesKey, Instant time) {
    super(rows);
    this.seriesKey = seriesKey;
    this.reached = BinaryCopy.micros(time);
  }

  /**
   * @throws NoSuchItem if there is no such series
   */
  @Override
  public boolean next() throws SQLException, IOException {
    if (behind) {
      return rows.next();
    }
    behind = true;
    boolean found = false;
    while (rows.next()) {
      boolean same = rows.series().key().equals(seriesKey);
      if (same ? rows.micros() > reached : found) {
        return true;
      }
      found = found || same;
    }
    if (!found) {
      throw new NoSuchItem("series", seriesKey);
    }
    return false;
  }
}
