package io.refdata.persistence.push;

import java.util.concurrent.atomic.LongAdder;

/** The counts of the pushes that this server answered, and of their rows. */
final class PushCounts {
  static final LongAdder PUSHES_ACCEPTED = new LongAdder();
  static final LongAdder PUSHES_REJECTED = new LongAdder();
  static final LongAdder ROWS_ACCEPTED = new LongAdder();
  static final LongAdder ROWS_REJECTED = new LongAdder();

  private PushCounts() {}

  /** A push was answered; it counts as rejected if it had rows, and all of them were rejected. */
  static void answered(long accepted, long rejected) {
    (accepted == 0 && rejected > 0 ? PUSHES_REJECTED : PUSHES_ACCEPTED).increment();
    ROWS_ACCEPTED.add(accepted);
    ROWS_REJECTED.add(rejected);
  }
}
