package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some observations of one series that are held in memory, to be read later. */
final class HeldRows {
  private final Deque<Held> held = new ArrayDeque<>();

  /** An observation. */
  record Held(
      Series series,
      long micros,
      double value,
      String status,
      double coverage,
      List<String> missing) {}

  /** Holds the current row, after all that are held. */
  void add(ObservationRows rows) throws SQLException {
    held.addLast(
        new Held(
            rows.series(),
            rows.micros(),
            rows.value(),
            rows.status(),
            rows.coverage(),
            rows.missing()));
  }

  /** Takes the earliest out; null if there is none. */
  @Nullable Held take() {
    return held.pollFirst();
  }

  int size() {
    return held.size();
  }
}
