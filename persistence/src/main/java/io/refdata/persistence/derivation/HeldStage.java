package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observations that are read ahead, a part of a series at a time, before the first is given on. */
abstract class HeldStage extends Stage {
  private final HeldRows held = new HeldRows();
  private boolean begun;
  private boolean ahead;
  private HeldRows.@Nullable Held current;

  HeldStage(ObservationRows rows) {
    super(rows);
  }

  /**
   * Reads rows of one series, from the current one of {@link #rows} on, and holds what is to be
   * given on.
   *
   * @return true if there is a row behind those that it read, which is current then
   */
  abstract boolean readAhead(HeldRows held) throws SQLException, IOException;

  @Override
  public boolean next() throws SQLException, IOException {
    if (!begun) {
      begun = true;
      ahead = rows.next();
    }
    while (held.size() == 0 && ahead) {
      ahead = readAhead(held);
    }
    current = held.take();
    return current != null;
  }

  private HeldRows.Held current() {
    if (current == null) {
      throw new IllegalStateException("no row");
    }
    return current;
  }

  @Override
  public Series series() {
    return current().series();
  }

  @Override
  public long micros() {
    return current().micros();
  }

  @Override
  public double value() {
    return current().value();
  }

  @Override
  public String status() {
    return current().status();
  }

  @Override
  public double coverage() {
    return current().coverage();
  }

  @Override
  public List<String> missing() {
    return current().missing();
  }
}
