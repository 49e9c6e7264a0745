package io.refdata.perf.gate;

/** What a measurement means for a release, from good to bad. */
public enum Verdict {
  /** The target is reached. */
  PASS,
  /** It is not reached, or a baseline was better by more than the noise. A release may go out. */
  WARNING,
  /** It is missed by so much that a release must not go out. */
  CRITICAL;

  /** The worse of two. */
  Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
