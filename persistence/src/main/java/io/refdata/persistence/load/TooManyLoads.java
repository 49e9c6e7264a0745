package io.refdata.persistence.load;

import java.io.Serial;

/** A load was not received, because as many as may wait do so already. */
public class TooManyLoads extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TooManyLoads(long most) {
    super("%,d loads have not ended yet; more are taken when some have.".formatted(most));
  }
}
