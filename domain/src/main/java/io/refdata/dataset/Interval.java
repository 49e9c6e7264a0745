package io.refdata.dataset;

/** How much time one partition of a dataset holds, in UTC. */
public enum Interval {
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR,
  DECADE,
  CENTURY
}
