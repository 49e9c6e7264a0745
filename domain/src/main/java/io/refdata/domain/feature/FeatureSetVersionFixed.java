package io.refdata.domain.feature;

import io.refdata.domain.item.value.Code;

/** Somebody has read a version of a feature set, or a later one: it does not change any more. */
public class FeatureSetVersionFixed extends RuntimeException {
  /**
   * @param number the version that was to be written
   * @param next the lowest version that can be written
   */
  public FeatureSetVersionFixed(Code code, int number, int next) {
    super(
        "Version %d of %s was read, or a later one is there: it cannot change. Raise \"version\" to %d."
            .formatted(number, code, next));
  }
}
