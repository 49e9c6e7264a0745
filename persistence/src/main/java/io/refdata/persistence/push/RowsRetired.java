package io.refdata.persistence.push;

import java.time.Instant;

/** Rows of a push lie where retention has removed all observations. */
final class RowsRetired extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Instant before;

  /**
   * @param before the first instant that is left
   */
  RowsRetired(Instant before) {
    super("Retention has removed all before " + before);
    this.before = before;
  }

  Instant before() {
    return before;
  }
}
