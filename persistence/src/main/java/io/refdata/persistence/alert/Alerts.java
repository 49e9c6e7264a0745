package io.refdata.persistence.alert;

import io.refdata.persistence.sql.Snapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The alerts on record, open and closed. */
@Dependent
public class Alerts {
  private final Jdbi jdbi;

  @Inject
  public Alerts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Whether an alert is open. */
  public enum State {
    OPEN,
    CLOSED
  }

  /**
   * Which alerts are asked for; null: any.
   *
   * @param rules the names of rules; empty: any
   */
  public record Filter(@Nullable State state, @Nullable Severity severity, List<String> rules) {}

  /** The place of an alert in the list. */
  public record Place(Instant opened, UUID id) {}

  /** An alert, and the silence that keeps it from being sent; null if there is none. */
  public record Listed(Alert alert, @Nullable Silence silence) {}

  /**
   * The newest first.
   *
   * @param after the last alert of the page before; null for the first page
   */
  public List<Listed> list(Filter filter, @Nullable Place after, int limit) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          List<Silence> silences = Silences.at(handle, Instant.now());
          return read(handle, filter, after, limit).stream()
              .map(
                  alert ->
                      new Listed(
                          alert,
                          alert.closed() == null
                              ? Silences.of(alert.allLabels(), silences).orElse(null)
                              : null))
              .toList();
        });
  }

  private static List<Alert> read(Handle handle, Filter filter, @Nullable Place after, int limit) {
    return handle
        .createQuery(
            """
            select id, rule, severity, labels, value, reason, look, opened_at, closed_at, seen_at
              from performance_monitoring.alert
             where state <> 'PENDING'
               and (cast(:state as text) is null or state = :state)
               and (cast(:severity as text) is null or severity = :severity)
               and (cardinality(:rules) = 0 or rule = any (:rules))
               and (cast(:id as uuid) is null or (opened_at, id) < (cast(:opened as timestamptz), cast(:id as uuid)))
             order by opened_at desc, id desc
             limit :limit
            """)
        .bind("state", filter.state() == null ? null : filter.state().name())
        .bind("severity", filter.severity() == null ? null : filter.severity().name())
        .bindArray("rules", String.class, filter.rules())
        .bind("opened", after == null ? null : after.opened().atOffset(ZoneOffset.UTC))
        .bind("id", after == null ? null : after.id())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Alert read(ResultSet row) throws SQLException {
    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
    return new Alert(
        row.getObject("id", UUID.class),
        row.getString("rule"),
        Severity.valueOf(row.getString("severity")),
        LabelsJson.read(row.getString("labels")),
        row.getDouble("value"),
        row.getString("reason"),
        row.getString("look"),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        closed == null ? null : closed.toInstant(),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }
}
