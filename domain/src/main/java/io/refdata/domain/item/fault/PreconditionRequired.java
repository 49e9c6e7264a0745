package io.refdata.domain.item.fault;

import io.refdata.domain.item.value.Code;

/** A request would change an item but does not say which version of it is meant. */
public class PreconditionRequired extends RuntimeException {
  public PreconditionRequired(Code code, int version) {
    super(
        code
            + " exists, in version "
            + version
            + ". Say in If-Match which version you mean to change.");
  }
}
