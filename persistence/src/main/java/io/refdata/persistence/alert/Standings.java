package io.refdata.persistence.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The alerts that are not closed, in {@code performance_monitoring.alert}. */
final class Standings {
  private static final String COLUMNS =
      """
      id, rule, fingerprint, node, labels, value, reason, look, began_at, opened_at, seen_at, severity, rising_since,
      rising_to, falling_since, falling_to, notified
      """;

  private Standings() {}

  /** Those of a node, or of the platform if it is null. */
  static List<StandingAlert> of(Handle handle, @Nullable String node) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                  from performance_monitoring.alert
                 where state <> 'CLOSED' and node is not distinct from :node
                """)
        .bind("node", node)
        .map((row, context) -> read(row))
        .list();
  }

  /** Those of nodes that have not looked since an instant. */
  static List<StandingAlert> left(Handle handle, Instant before) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                  from performance_monitoring.alert
                 where state <> 'CLOSED' and node is not null and seen_at < :before
                """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .list();
  }

  /** The open ones that receivers were told of. */
  static List<Alert> told(Handle handle) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                  from performance_monitoring.alert
                 where state = 'OPEN' and notified <> 'NONE'
                 order by opened_at, id
                """)
        .map((row, context) -> read(row))
        .stream()
        .map(alert -> alert.shown(alert.notified(), null))
        .toList();
  }

  /**
   * Writes how one stands after a look.
   *
   * @return false if another has closed it, or has opened the same, meanwhile
   */
  static boolean write(Handle handle, StandingAlert alert, boolean isNew) {
    return handle
            .createUpdate(isNew ? INSERT : UPDATE)
            .bind("id", alert.id())
            .bind("rule", alert.rule())
            .bind("fingerprint", alert.fingerprint())
            .bind("node", alert.node())
            .bind("labels", LabelsJson.write(alert.labels()))
            .bind("look", alert.look())
            .bind("began", at(alert.began()))
            .bind("value", alert.value())
            .bind("reason", alert.reason())
            .bind("opened", at(alert.opened()))
            .bind("seen", at(alert.seen()))
            .bind("state", alert.opened() == null ? "PENDING" : "OPEN")
            .bind("severity", alert.standing().severity().name())
            .bind("risingSince", at(alert.standing().risingSince()))
            .bind("risingTo", name(alert.standing().risingTo()))
            .bind("fallingSince", at(alert.standing().fallingSince()))
            .bind("fallingTo", name(alert.standing().fallingTo()))
            .bind("notified", alert.notified().name())
            .execute()
        > 0;
  }

  private static final String INSERT =
      """
      insert into performance_monitoring.alert
             (id, rule, fingerprint, node, labels, look, began_at, value, reason, opened_at, seen_at, state, severity,
              rising_since, rising_to, falling_since, falling_to, notified)
      values (:id, :rule, :fingerprint, :node, cast(:labels as jsonb), :look, :began, :value, :reason, :opened, :seen, :state,
              :severity, :risingSince, :risingTo, :fallingSince, :fallingTo, :notified)
          on conflict (fingerprint) where state <> 'CLOSED' do nothing
      """;

  private static final String UPDATE =
      """
      update performance_monitoring.alert
         set value = :value, reason = :reason, opened_at = :opened, seen_at = :seen, state = :state, severity = :severity,
             rising_since = :risingSince, rising_to = :risingTo, falling_since = :fallingSince, falling_to = :fallingTo,
             notified = :notified
       where id = :id and state <> 'CLOSED'
      """;

  /** Closes one; its severity and its reason stay. False if another has closed it already. */
  static boolean close(Handle handle, StandingAlert alert, Instant now) {
    return handle.execute(
            """
            update performance_monitoring.alert
               set state = 'CLOSED', closed_at = ?, seen_at = ?, rising_since = null, rising_to = null,
                   falling_since = null, falling_to = null, notified = 'NONE'
             where id = ? and state = 'OPEN'
            """,
            at(now),
            at(now),
            alert.id())
        > 0;
  }

  /** Records an alert that was open while nothing could be recorded. */
  static void record(Handle handle, Alert alert, @Nullable String node) {
    handle
        .createUpdate(
            """
            insert into performance_monitoring.alert
                   (id, rule, fingerprint, node, labels, look, began_at, value, reason, opened_at, closed_at, seen_at, state,
                    severity)
            values (:id, :rule, :fingerprint, :node, cast(:labels as jsonb), :look, :opened, :value, :reason, :opened, :closed,
                    :seen, 'CLOSED', :severity)
            """)
        .bind("id", alert.id())
        .bind("rule", alert.rule())
        .bind("fingerprint", alert.fingerprint())
        .bind("node", node)
        .bind("labels", LabelsJson.write(alert.labels()))
        .bind("look", alert.look())
        .bind("opened", at(alert.opened()))
        .bind("closed", at(alert.closed()))
        .bind("seen", at(alert.seen()))
        .bind("value", alert.value())
        .bind("reason", alert.reason())
        .bind("severity", alert.severity().name())
        .execute();
  }

  /** One that did not last never was an alert. */
  static void forget(Handle handle, StandingAlert alert) {
    handle.execute(
        "delete from performance_monitoring.alert where id = ? and state = 'PENDING'", alert.id());
  }

  /** A rule could not be looked at; its alerts stay. */
  static void keep(Handle handle, String rule, @Nullable String node, Instant now) {
    handle.execute(
        """
        update performance_monitoring.alert set seen_at = ?
         where state <> 'CLOSED' and rule = ? and node is not distinct from ?
        """,
        at(now),
        rule,
        node);
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable String name(@Nullable Severity severity) {
    return severity == null ? null : severity.name();
  }

  private static StandingAlert read(ResultSet row) throws SQLException {
    return new StandingAlert(
        row.getObject("id", UUID.class),
        row.getString("rule"),
        row.getString("fingerprint"),
        row.getString("node"),
        LabelsJson.read(row.getString("labels")),
        row.getDouble("value"),
        row.getString("reason"),
        row.getString("look"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        instant(row, "opened_at"),
        row.getObject("seen_at", OffsetDateTime.class).toInstant(),
        new Standing(
            Severity.valueOf(row.getString("severity")),
            instant(row, "rising_since"),
            severity(row, "rising_to"),
            instant(row, "falling_since"),
            severity(row, "falling_to")),
        Severity.valueOf(row.getString("notified")));
  }

  private static @Nullable Severity severity(ResultSet row, String column) throws SQLException {
    String name = row.getString(column);
    return name == null ? null : Severity.valueOf(name);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
