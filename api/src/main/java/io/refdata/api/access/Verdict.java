package io.refdata.api.access;

import java.time.Instant;

/** The outcome of the check of a credential. */
public sealed interface Verdict permits Verdict.Accepted, Verdict.Refused {
  /**
   * The credential is good.
   *
   * @param until the instant from which on it has to be checked again
   */
  record Accepted(Caller caller, Instant until) implements Verdict {}

  /**
   * The credential is not good.
   *
   * @param error the code of RFC 6750: {@code invalid_token} or {@code invalid_request}
   * @param description one short sentence that gives nothing away
   */
  record Refused(String error, String description) implements Verdict {}
}
