package io.refdata.persistence.alert;

import io.refdata.persistence.Connections;
import io.refdata.persistence.alert.AlertRule.Scope;
import io.refdata.persistence.alert.AlertRules.InForce;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rules, and writes what has changed: alerts that open, change their severity or
 * close. A rule that fails does not stop the others, and its alerts stay as they are.
 */
@ApplicationScoped
public class AlertLooks {
  private static final Logger LOG = Logger.getLogger(AlertLooks.class);
  private static final Duration NODE_GONE = Setting.ALERTS_NODE_GONE.time();
  private static final String TURN = "ALERTS";

  private final AlertRules rules;
  private final AlertChanges changes;
  private final Outbox outbox;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  AlertLooks() {
    this(null, null);
  }

  @Inject
  public AlertLooks(AlertRules rules, Outbox outbox) {
    this.rules = rules;
    this.changes = new AlertChanges(outbox);
    this.outbox = outbox;
  }

  /**
   * The result of a look at the rules of the platform.
   *
   * @param told the open alerts that receivers were told of
   */
  public record Seen(List<AlertChange> changes, List<Alert> told) {}

  /** The rules and the silences at a moment; they are remembered for when the database is down. */
  public record Known(List<InForce> rules, List<Silence> silences) {
    /** A rule as it is in force. */
    public Optional<InForce> rule(String name) {
      return rules.stream().filter(one -> one.rule().name().equals(name)).findFirst();
    }

    /** The silence that keeps an alert from being sent. */
    public Optional<Silence> silence(Map<String, String> labels, Instant now) {
      return Silences.of(
          labels, silences.stream().filter(silence -> silence.until().isAfter(now)).toList());
    }
  }

  /** The standard rules, for the time before the database has answered for the first time. */
  public Known standard() {
    return new Known(rules.standard(), List.of());
  }

  /** Reads what operators have set. */
  public Known know(Handle handle, Instant now) {
    return new Known(rules.inForce(handle), Silences.at(handle, now));
  }

  /** Looks at the rules of a node. */
  public List<AlertChange> atNode(Handle handle, String node, Known known, Instant now) {
    return at(handle, Scope.NODE, node, known, now);
  }

  /**
   * Looks at the rules of the platform.
   *
   * @return empty if another node does it
   */
  public Optional<Seen> atPlatform(Handle handle, Known known, Instant now) {
    if (!ask(handle, "pg_try_advisory_lock")) {
      return Optional.empty();
    }
    try {
      List<AlertChange> all = new ArrayList<>(at(handle, Scope.PLATFORM, null, known, now));
      for (StandingAlert left : Standings.left(handle, now.minus(NODE_GONE))) {
        changes.close(handle, left, known, now).ifPresent(all::add);
      }
      outbox.giveUpOld(handle);
      return Optional.of(new Seen(all, Standings.told(handle)));
    } finally {
      ask(handle, "pg_advisory_unlock");
    }
  }

  /** Records an alert that was open while the database was down. */
  public void record(Handle handle, Alert closed, String node) {
    Standings.record(handle, closed, node);
  }

  private List<AlertChange> at(
      Handle handle, Scope scope, @Nullable String node, Known known, Instant now) {
    Map<String, List<StandingAlert>> standing = new HashMap<>();
    for (StandingAlert alert : Standings.of(handle, node)) {
      standing.computeIfAbsent(alert.rule(), added -> new ArrayList<>()).add(alert);
    }
    List<AlertChange> all = new ArrayList<>();
    for (InForce rule : known.rules()) {
      if (rule.rule().description().scope() == scope) {
        List<StandingAlert> before = standing.remove(rule.rule().name());
        all.addAll(look(handle, rule, node, before == null ? List.of() : before, known, now));
      }
    }
    // Rules that there are no more.
    standing.values().stream()
        .flatMap(List::stream)
        .forEach(alert -> changes.close(handle, alert, known, now).ifPresent(all::add));
    return all;
  }

  private List<AlertChange> look(
      Handle handle,
      InForce rule,
      @Nullable String node,
      List<StandingAlert> before,
      Known known,
      Instant now) {
    String name = rule.rule().name();
    try {
      List<Situation> found = rule.enabled() ? rule.rule().evaluate(handle) : List.of();
      List<AlertChange> changed = changes.apply(handle, rule, node, before, found, known, now);
      failing.remove(name);
      return changed;
    } catch (RuntimeException e) {
      if (Connections.lost(e)) {
        throw e;
      }
      if (failing.add(name)) {
        LOG.errorf(e, "Rule %s fails: its alerts stay as they are", name);
      }
      Standings.keep(handle, name, node, now);
      return List.of();
    }
  }

  private static boolean ask(Handle handle, String function) {
    return handle
        .createQuery("select " + function + "(20265, hashtext(:turn))")
        .bind("turn", TURN)
        .mapTo(Boolean.class)
        .one();
  }
}
