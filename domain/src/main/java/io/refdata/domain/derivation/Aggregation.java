package io.refdata.domain.derivation;

/** The rule that makes one value of several. Missing ones do not count. */
public enum Aggregation {
  /** Their sum. */
  SUM,
  /** Their sum divided by their number. */
  MEAN,
  /** The earliest. */
  FIRST,
  /** The latest. */
  LAST,
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX
}
