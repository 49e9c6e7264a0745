package io.refdata.persistence.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change of one item in one revision.
 *
 * @param at the instant from which readers see it
 * @param by the user who did it
 * @param reason the reason, if one was given
 * @param requestId the {@code X-Request-Id} of the request that did it, if it is known
 * @param load the load that did it, if one did
 * @param collection as it stands in URLs: {@code facilities}, {@code code-lists/FUEL/codes}
 */
public record Entry(
    int revision,
    Instant at,
    String by,
    @Nullable String reason,
    @Nullable String requestId,
    @Nullable Long load,
    Operation operation,
    String collection,
    String code,
    List<PropertyChange> changes) {

  /** The kind of change; in the order of the numbers in audit tables. */
  public enum Operation {
    CREATED,
    UPDATED,
    DELETED;

    static Operation of(int revisionType) {
      return values()[revisionType];
    }
  }
}
