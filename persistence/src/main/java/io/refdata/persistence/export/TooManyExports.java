package io.refdata.persistence.export;

import java.io.Serial;

/** An export was not accepted, because as many as may wait do so already. */
public class TooManyExports extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TooManyExports(long most) {
    super("%,d exports have not ended yet; more are taken when some have.".formatted(most));
  }
}
