package io.refdata.domain.rollup;

import io.refdata.domain.item.value.Code;

/** A dataset has as many rollups as it may have. */
public class TooManyRollups extends RuntimeException {
  public TooManyRollups(Code dataset, long most) {
    super(
        "%s has %d rollups, and may not have more. Delete another first.".formatted(dataset, most));
  }
}
