package io.refdata.persistence.signal;

import java.io.Serial;

/** A signal was checked against others that have changed since; to be checked again. */
public final class SignalsChanged extends InvalidSignal {
  @Serial private static final long serialVersionUID = 1;

  SignalsChanged() {
    super("into", "has other signals by now; try again");
  }
}
