package io.refdata.persistence.load.item;

import io.refdata.domain.item.Property;

/**
 * A rule that staged items must keep.
 *
 * @param property the property that breaks the rule
 * @param code the code of the rejects: {@code UNKNOWN_PARENT}
 * @param breaches SQL of the lines that break it: {@code line}, {@code reason}, {@code raw}
 */
record ItemRule(Property property, String code, String breaches) {
  static final String UNKNOWN = "UNKNOWN_";

  /** Whether a line breaks it that refers to an item which does not exist. */
  boolean isUnknown() {
    return code.startsWith(UNKNOWN);
  }
}
