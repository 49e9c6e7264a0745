package io.refdata.persistence.alert;

import io.refdata.persistence.alert.AlertLooks.Known;
import io.refdata.persistence.alert.AlertRules.InForce;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is kept in the memory of its node, because it is about the database itself. Another
 * node neither opens nor closes it.
 */
public final class MemoryAlert {
  private final AlertRule rule;
  private final String node;
  private @Nullable StandingAlert standing;

  public MemoryAlert(AlertRule rule, String node) {
    this.rule = rule;
    this.node = node;
  }

  /**
   * A change.
   *
   * @param told the severity that receivers were told before
   * @param tells true if receivers are to be told
   */
  public record Changed(AlertChange change, Severity told, boolean tells) {}

  /**
   * Looks at it.
   *
   * @param bad what is wrong; null if nothing is
   * @param known what operators have set, as it was read last
   */
  public synchronized Optional<Changed> look(@Nullable Situation bad, Known known, Instant now) {
    InForce inForce = known.rule(rule.name()).orElseThrow();
    Situation situation = bad == null || !inForce.enabled() ? null : bad.on(node);
    StandingAlert before = standing;
    if (before == null) {
      if (situation == null) {
        return Optional.empty();
      }
      before = StandingAlert.found(rule, situation, node, now);
    }
    StandingAlert next = before.next(situation, inForce.bounds(), now);
    return next.standing().isOver() ? end(before, known, now) : go(before, next, known, now);
  }

  private Optional<Changed> go(StandingAlert before, StandingAlert next, Known known, Instant now) {
    Severity severity = next.standing().severity();
    Alert alert = next.shown(severity, null);
    Silence silence = known.silence(alert.allLabels(), now).orElse(null);
    boolean tells = severity != Severity.NONE && severity != before.notified() && silence == null;
    standing = tells ? next.told(severity) : next;
    return tells || severity != before.standing().severity()
        ? Optional.of(
            new Changed(
                new AlertChange(alert, before.standing().severity(), silence),
                before.notified(),
                tells))
        : Optional.empty();
  }

  private Optional<Changed> end(StandingAlert before, Known known, Instant now) {
    standing = null;
    if (before.opened() == null) {
      return Optional.empty();
    }
    Severity last = before.standing().severity();
    Alert closed = before.shown(last, now);
    boolean told = before.notified() != Severity.NONE;
    Silence silence = told ? null : known.silence(closed.allLabels(), now).orElse(null);
    return Optional.of(new Changed(new AlertChange(closed, last, silence), Severity.NONE, told));
  }

  /** The alert, if it is open and receivers were told of it. */
  public synchronized List<Alert> told() {
    StandingAlert now = standing;
    return now == null || now.notified() == Severity.NONE
        ? List.of()
        : List.of(now.shown(now.notified(), null));
  }
}
