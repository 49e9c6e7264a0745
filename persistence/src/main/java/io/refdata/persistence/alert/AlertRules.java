package io.refdata.persistence.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rules, with what operators have changed of them ({@code performance_monitoring.alert_rule}).
 */
@ApplicationScoped
public class AlertRules {
  private final List<AlertRule> all;

  /** For the CDI container only. */
  AlertRules() {
    this(List.of());
  }

  @Inject
  public AlertRules(@Any Instance<AlertRule> all) {
    this(all.stream().toList());
  }

  /** With certain rules only. */
  public AlertRules(List<AlertRule> all) {
    this.all = all.stream().sorted(Comparator.comparing(AlertRule::name)).toList();
  }

  /**
   * The changes of a rule by an operator; null: as it is in the code.
   *
   * @param enabled false if the rule is not looked at; its alerts close
   */
  public record Change(
      @Nullable Double warning,
      @Nullable Double critical,
      @Nullable Double margin,
      @Nullable Duration openAfter,
      @Nullable Duration closeAfter,
      boolean enabled) {

    Bounds over(Bounds standard) {
      return new Bounds(
          standard.worse(),
          warning == null ? standard.warning() : warning,
          critical == null ? standard.critical() : critical,
          margin == null ? standard.margin() : margin,
          openAfter == null ? standard.openAfter() : openAfter,
          closeAfter == null ? standard.closeAfter() : closeAfter);
    }
  }

  /**
   * A rule as it is in force.
   *
   * @param changed when an operator changed it; null if it is as in the code
   */
  public record InForce(
      AlertRule rule, Bounds bounds, boolean enabled, @Nullable Instant changed) {}

  private record Changed(String rule, Change change, Instant at) {}

  /** The names of all rules. */
  public Set<String> names() {
    return all.stream().map(AlertRule::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rule of a name. */
  public Optional<AlertRule> find(String name) {
    return all.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /** All rules as they are in the code, by name. */
  public List<InForce> standard() {
    return all.stream().map(rule -> inForce(rule, null)).toList();
  }

  /** All rules as they are in force, by name. */
  public List<InForce> inForce(Handle handle) {
    Map<String, Changed> changes =
        handle
            .createQuery(
                """
                select rule, warning, critical, margin, extract(epoch from open_after) as open_after,
                       extract(epoch from close_after) as close_after, enabled, changed_at
                  from performance_monitoring.alert_rule
                """)
            .map((row, context) -> read(row))
            .stream()
            .collect(Collectors.toMap(Changed::rule, changed -> changed));
    return all.stream().map(rule -> inForce(rule, changes.get(rule.name()))).toList();
  }

  private static InForce inForce(AlertRule rule, @Nullable Changed changed) {
    return changed == null
        ? new InForce(rule, rule.description().bounds(), true, null)
        : new InForce(
            rule,
            changed.change().over(rule.description().bounds()),
            changed.change().enabled(),
            changed.at());
  }

  /** Changes a rule: what the change does not say is as in the code again. */
  public void change(Handle handle, AlertRule rule, Change change) {
    handle.execute(
        """
        insert into performance_monitoring.alert_rule
               (rule, warning, critical, margin, open_after, close_after, enabled)
        values (?, ?, ?, ?, make_interval(secs => ?), make_interval(secs => ?), ?)
            on conflict (rule) do update
           set warning = excluded.warning, critical = excluded.critical, margin = excluded.margin,
               open_after = excluded.open_after, close_after = excluded.close_after,
               enabled = excluded.enabled, changed_at = excluded.changed_at
        """,
        rule.name(),
        change.warning(),
        change.critical(),
        change.margin(),
        seconds(change.openAfter()),
        seconds(change.closeAfter()),
        change.enabled());
  }

  private static @Nullable Double seconds(@Nullable Duration time) {
    return time == null ? null : time.toMillis() / 1e3;
  }

  private static Changed read(ResultSet row) throws SQLException {
    return new Changed(
        row.getString("rule"),
        new Change(
            number(row, "warning"),
            number(row, "critical"),
            number(row, "margin"),
            time(row, "open_after"),
            time(row, "close_after"),
            row.getBoolean("enabled")),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : number;
  }

  private static @Nullable Duration time(ResultSet row, String column) throws SQLException {
    Double seconds = number(row, column);
    return seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1e3));
  }
}
