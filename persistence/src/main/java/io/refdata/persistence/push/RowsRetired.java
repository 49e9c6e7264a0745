package io.refdata.persistence.push;

import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import java.io.Serial;
import java.time.Instant;

/**
 * Rows of a push lie where retention has removed all observations. What was removed stays removed,
 * though the rule that removed it may be another one by now.
 */
final class RowsRetired extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Instant before;

  /**
   * @param before the first instant that is left
   */
  RowsRetired(Instant before) {
    super("Retention has removed all before " + before);
    this.before = before;
  }

  /** Whether a row is one of them. */
  boolean holds(Row row) {
    return row.time().isBefore(before);
  }

  /** The refusal of one of them. */
  RejectedRow rejected(Row row) {
    return new RejectedRow(row.number(), "RETIRED", "retention has removed all before " + before);
  }
}
