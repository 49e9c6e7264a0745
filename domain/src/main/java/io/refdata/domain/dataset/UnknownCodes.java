package io.refdata.domain.dataset;

/** The treatment of codes, in the dimensions of observations that arrive, that no item has. */
public enum UnknownCodes {
  /** The observations are rejected. */
  REJECT,
  /** Items are created that have these codes. */
  CREATE
}
