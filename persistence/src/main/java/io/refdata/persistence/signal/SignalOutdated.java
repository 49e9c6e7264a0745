package io.refdata.persistence.signal;

import java.io.Serial;

/** A run may not write any more: its signal was deleted, or written again, since it was begun. */
public final class SignalOutdated extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  SignalOutdated() {
    super("The signal was deleted, or written again", null, false, false);
  }
}
