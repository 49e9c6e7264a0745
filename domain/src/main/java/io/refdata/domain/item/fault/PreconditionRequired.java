package io.refdata.domain.item.fault;

import io.refdata.domain.item.value.Code;

/** An item was to be changed without saying which version of it was meant. */
public class PreconditionRequired extends RuntimeException {
  public PreconditionRequired(Code code, int version) {
    super(
        code
            + " exists, in version "
            + version
            + ". Say in If-Match which version you mean to change.");
  }
}
