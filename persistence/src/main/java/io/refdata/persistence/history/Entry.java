package io.refdata.persistence.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one revision did to one item.
 *
 * @param at the instant from which it was known
 * @param by who did it
 * @param reason why, if that was said
 * @param load the load that did it, if one did
 * @param collection as it stands in URLs: {@code facilities}, {@code code-lists/FUEL/codes}
 */
public record Entry(
    int revision,
    Instant at,
    String by,
    @Nullable String reason,
    @Nullable Long load,
    Operation operation,
    String collection,
    String code,
    List<PropertyChange> changes) {

  /** What became of the item; in the order in which audit tables number them. */
  public enum Operation {
    CREATED,
    UPDATED,
    DELETED;

    static Operation of(int revisionType) {
      return values()[revisionType];
    }
  }
}
