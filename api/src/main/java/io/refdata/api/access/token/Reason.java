package io.refdata.api.access.token;

import io.refdata.api.access.Verdict;

/**
 * Why a token is refused. Callers are told whether its time is over or has not come; all else looks
 * the same to them.
 */
enum Reason {
  MALFORMED,
  ALGORITHM,
  TYPE,
  CRITICAL,
  UNKNOWN_KEY,
  SIGNATURE,
  ISSUER,
  AUDIENCE,
  NO_EXPIRY,
  EXPIRED("The token has expired"),
  NOT_YET("The token is not valid yet"),
  /** An ID token or another one that is not for access, or one that is bound to a secret key. */
  PURPOSE,
  NAME,
  /** An operator has ended it before its time. */
  ENDED;

  private final String description;

  Reason() {
    this("The token is not accepted");
  }

  Reason(String description) {
    this.description = description;
  }

  Verdict.Refused verdict() {
    return new Verdict.Refused("invalid_token", description);
  }
}
