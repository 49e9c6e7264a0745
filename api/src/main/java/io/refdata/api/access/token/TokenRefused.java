package io.refdata.api.access.token;

import java.time.Instant;

/** A token is not right. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final Instant until;

  TokenRefused(Reason reason) {
    this(reason, Instant.MAX);
  }

  /** One that may be right later. */
  TokenRefused(Reason reason, Instant until) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.until = until;
  }

  Reason reason() {
    return reason;
  }

  /** When it has to be checked again. */
  Instant until() {
    return until;
  }
}
