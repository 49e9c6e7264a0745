package io.refdata.persistence.export;

import java.io.Serial;

/**
 * An export was not accepted, because as many as may wait do so already, or as many as may be are
 * kept of its caller.
 */
public class TooManyExports extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TooManyExports(long most, long own) {
    super(
        "Either %,d exports have not ended yet, or %,d are kept of this caller; more are taken when some have ended, or are deleted."
            .formatted(most, own));
  }
}
