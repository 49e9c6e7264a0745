package io.refdata.domain.dataset;

/** The freshness of a dataset by its bounds, the best first. */
public enum FreshnessState {
  /** Its data came in time. */
  FRESH,
  /** Its data is late: it deserves a look. */
  WARN,
  /** Its data is so late that users must not rely on it. */
  STALE
}
