package io.refdata.persistence.performance;

/** The meaning of a measurement for a release or for a running system, from good to bad. */
public enum Verdict {
  /** There was nothing to measure; on a running system only. */
  NO_DATA,
  /** The target is reached. */
  PASS,
  /**
   * The target is not reached, or the baseline was better by more than the noise. A release may go
   * out.
   */
  WARNING,
  /** The target is missed by so much that a release must not go out. */
  CRITICAL;

  /** The worse of two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
