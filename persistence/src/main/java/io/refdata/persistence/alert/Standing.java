package io.refdata.persistence.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The standing of an alert: its severity, and whether it is about to change. A value that gets
 * worse changes the severity only when it has been worse for {@link Bounds#openAfter}, one that
 * gets better when it has been better for {@link Bounds#closeAfter}: so an alert does not flap.
 *
 * @param risingSince since when the value has been worse than the severity; null if it is not
 * @param risingTo the least severity of the value since then
 * @param fallingSince since when the value has been better than the severity; null if it is not
 * @param fallingTo the worst severity of the value since then
 */
record Standing(
    Severity severity,
    @Nullable Instant risingSince,
    @Nullable Severity risingTo,
    @Nullable Instant fallingSince,
    @Nullable Severity fallingTo) {
  static final Standing NONE = at(Severity.NONE);

  private static Standing at(Severity severity) {
    return new Standing(severity, null, null, null, null);
  }

  /** True if there is no alert, and none is about to open. */
  boolean isOver() {
    return severity == Severity.NONE && risingSince == null;
  }

  /**
   * The standing after a look.
   *
   * @param value null if the subject is not there any more
   */
  Standing next(@Nullable Double value, Bounds bounds, Instant now) {
    Severity found = bounds.of(value, severity);
    if (found.compareTo(severity) > 0) {
      return rise(found, bounds, now);
    }
    return found.compareTo(severity) < 0 ? fall(found, bounds, now) : at(severity);
  }

  private Standing rise(Severity found, Bounds bounds, Instant now) {
    Instant since = risingSince == null ? now : risingSince;
    Severity to = risingTo == null ? found : Severity.least(risingTo, found);
    if (now.isBefore(since.plus(bounds.openAfter()))) {
      return new Standing(severity, since, to, null, null);
    }
    return found == to ? at(to) : new Standing(to, now, found, null, null);
  }

  private Standing fall(Severity found, Bounds bounds, Instant now) {
    Instant since = fallingSince == null ? now : fallingSince;
    Severity to = fallingTo == null ? found : Severity.worst(fallingTo, found);
    if (now.isBefore(since.plus(bounds.closeAfter()))) {
      return new Standing(severity, null, null, since, to);
    }
    return found == to ? at(to) : new Standing(to, null, null, now, found);
  }
}
