package io.refdata.persistence.upkeep;

/** The result of a step. */
public enum Outcome {
  DONE,
  /** Another session holds what the step needs. It is tried again at the next run. */
  POSTPONED,
  FAILED
}
