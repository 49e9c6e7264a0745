package io.refdata.persistence.alert;

import io.refdata.persistence.alert.AlertLooks.Known;
import io.refdata.persistence.alert.AlertRules.InForce;
import io.refdata.settings.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes how alerts stand after a look, and with each change what receivers are told of it, in one
 * transaction for each rule.
 */
final class AlertChanges {
  private static final long MOST_SUBJECTS = Setting.ALERTS_SUBJECTS.number();

  private final Outbox outbox;

  AlertChanges(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Applies what a rule has found.
   *
   * @param before its alerts that are not closed
   */
  List<AlertChange> apply(
      Handle handle,
      InForce rule,
      @Nullable String node,
      List<StandingAlert> before,
      List<Situation> found,
      Known known,
      Instant now) {
    Map<String, Situation> situations = new HashMap<>();
    for (Situation situation : found) {
      Situation full = node == null ? situation : situation.on(node);
      situations.put(Alert.fingerprint(rule.rule().name(), full.labels()), full);
    }
    if (before.isEmpty() && situations.isEmpty()) {
      return List.of();
    }
    List<AlertChange> changes = new ArrayList<>();
    handle.useTransaction(
        transaction -> {
          for (StandingAlert alert : before) {
            Situation situation = situations.remove(alert.fingerprint());
            StandingAlert next = alert.next(situation, rule.bounds(), now);
            write(transaction, alert, next, false, known, now).ifPresent(changes::add);
          }
          long most = MOST_SUBJECTS - before.size();
          for (Situation situation : situations.values()) {
            StandingAlert alert = StandingAlert.found(rule.rule(), situation, node, now);
            StandingAlert next = alert.next(situation, rule.bounds(), now);
            if (!next.standing().isOver() && most > 0) {
              write(transaction, alert, next, true, known, now).ifPresent(changes::add);
              most--;
            }
          }
        });
    return changes;
  }

  /** Closes an alert that nobody looks at any more. */
  Optional<AlertChange> close(Handle handle, StandingAlert alert, Known known, Instant now) {
    return handle.inTransaction(transaction -> end(transaction, alert, known, now));
  }

  private Optional<AlertChange> write(
      Handle handle,
      StandingAlert before,
      StandingAlert next,
      boolean isNew,
      Known known,
      Instant now) {
    Severity severity = next.standing().severity();
    if (next.standing().isOver()) {
      return end(handle, before, known, now);
    }
    Alert alert = next.shown(severity, null);
    Optional<Silence> silence = known.silence(alert.allLabels(), now);
    boolean tells = severity != Severity.NONE && severity != before.notified() && silence.isEmpty();
    boolean written = Standings.write(handle, tells ? next.told(severity) : next, isNew);
    if (written && tells) {
      outbox.add(handle, alert, before.notified());
    }
    return written && severity != before.standing().severity()
        ? Optional.of(new AlertChange(alert, before.standing().severity(), silence.orElse(null)))
        : Optional.empty();
  }

  /**
   * Ends an alert. Receivers that were told that it opened are told that it is over, silenced or
   * not.
   */
  private Optional<AlertChange> end(Handle handle, StandingAlert alert, Known known, Instant now) {
    if (alert.opened() == null) {
      Standings.forget(handle, alert);
      return Optional.empty();
    } else if (!Standings.close(handle, alert, now)) {
      return Optional.empty();
    }
    Severity last = alert.standing().severity();
    Alert closed = alert.shown(last, now);
    Optional<Silence> silence = known.silence(closed.allLabels(), now);
    if (alert.notified() != Severity.NONE) {
      outbox.add(handle, closed.as(alert.notified()), Severity.NONE);
    }
    return Optional.of(
        new AlertChange(
            closed, last, alert.notified() == Severity.NONE ? silence.orElse(null) : null));
  }
}
