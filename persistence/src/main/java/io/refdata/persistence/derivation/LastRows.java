package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;

/** The last so many observations of each series. */
@SuppressWarnings("ReferenceEquality") // the same object in each row of a series
final class LastRows extends HeldStage {
  private final int count;

  LastRows(ObservationRows rows, int count) {
    super(rows);
    this.count = count;
  }

  @Override
  boolean readAhead(HeldRows held) throws SQLException, IOException {
    Series series = rows.series();
    do {
      held.add(rows);
      if (held.size() > count) {
        held.take();
      }
      if (!rows.next()) {
        return false;
      }
    } while (rows.series() == series);
    return true;
  }
}
