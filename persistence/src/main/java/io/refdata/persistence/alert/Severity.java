package io.refdata.persistence.alert;

/** The severity of an alert; the worst last. */
public enum Severity {
  /** There is no alert. */
  NONE,
  /** Somebody should look at it soon. */
  WARNING,
  /** Somebody should look at it now. */
  CRITICAL;

  static Severity least(Severity one, Severity other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  static Severity worst(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
