package io.refdata.persistence.alert;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is not closed, and how it stands: open, or about to open.
 *
 * @param node the node that looks at it; null if any node does
 * @param began when the bound of its rule was passed
 * @param opened null while it is about to open
 * @param notified the severity that receivers were told last; NONE if they were not
 */
record StandingAlert(
    UUID id,
    String rule,
    String fingerprint,
    @Nullable String node,
    Map<String, String> labels,
    double value,
    String reason,
    String look,
    Instant began,
    @Nullable Instant opened,
    Instant seen,
    Standing standing,
    Severity notified) {

  /** One that a rule has just found. */
  static StandingAlert found(
      AlertRule rule, Situation situation, @Nullable String node, Instant now) {
    return new StandingAlert(
        UUID.randomUUID(),
        rule.name(),
        Alert.fingerprint(rule.name(), situation.labels()),
        node,
        situation.labels(),
        situation.value(),
        situation.reason(),
        rule.description().look(),
        now,
        null,
        now,
        Standing.NONE,
        Severity.NONE);
  }

  /**
   * The alert after a look. The value and the reason of a closing alert stay those of the last bad
   * value.
   *
   * @param situation null if the subject is not there any more
   */
  StandingAlert next(@Nullable Situation situation, Bounds bounds, Instant now) {
    Standing next = standing.next(situation == null ? null : situation.value(), bounds, now);
    boolean bad =
        next.risingSince() != null
            || (next.severity() != Severity.NONE && next.fallingSince() == null);
    Situation shown = bad ? situation : null;
    return new StandingAlert(
        id,
        rule,
        fingerprint,
        node,
        labels,
        shown == null ? value : shown.value(),
        shown == null ? reason : shown.reason(),
        look,
        began,
        opened == null && next.severity() != Severity.NONE ? now : opened,
        now,
        next,
        notified);
  }

  /** The same, after receivers were told. */
  StandingAlert told(Severity severity) {
    return new StandingAlert(
        id,
        rule,
        fingerprint,
        node,
        labels,
        value,
        reason,
        look,
        began,
        opened,
        seen,
        standing,
        severity);
  }

  /**
   * The alert as people see it; only if it is or was open.
   *
   * @param severity the present one, or the last of an alert that closes
   */
  Alert shown(Severity severity, @Nullable Instant closed) {
    return new Alert(
        id,
        rule,
        severity,
        labels,
        value,
        reason,
        look,
        opened == null ? began : opened,
        closed,
        seen);
  }
}
