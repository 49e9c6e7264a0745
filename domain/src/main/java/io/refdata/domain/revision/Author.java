package io.refdata.domain.revision;

import org.jspecify.annotations.Nullable;

/**
 * The author of a write, with its reason and its request.
 *
 * @param by the user, or {@code key:} and the name of a key
 * @param reason the reason that was given; null if none
 * @param requestId the {@code X-Request-Id} of the request; null if there is no request
 */
public record Author(String by, @Nullable String reason, @Nullable String requestId) {
  /** An author without a request: the platform itself. */
  public Author(String by, @Nullable String reason) {
    this(by, reason, null);
  }
}
