package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A receiver of alerts does not take them, or wants no more. The other receivers are told. */
@Dependent
public class OutboxStalled implements AlertRule {
  /** A receiver that wants no more is stalled at once. */
  private static final double STOPPED = 3_600;

  @Override
  public Description description() {
    return new Description(
        "OUTBOX_STALLED",
        Scope.PLATFORM,
        "seconds",
        Bounds.atLeast(60.0, null).openAfter(Duration.ZERO),
        "/api/v1/monitoring/alerts");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select t.target, t.name, t.stopped_at is not null as stopped,
                   coalesce(extract(epoch from clock_timestamp() - coalesce(w.oldest, t.stopped_at)), 0) as seconds,
                   w.waiting, coalesce(t.detail, '') as detail
              from performance_monitoring.alert_target t
              left join lateral (
                select min(d.created_at) as oldest, count(*) as waiting
                  from performance_monitoring.alert_delivery d
                 where d.target = t.target and d.state = 'WAITING') w on true
             where t.stopped_at is not null or w.waiting > 0
             order by seconds desc
            """)
        .map(
            (row, context) ->
                new Situation(
                    Map.of("receiver", row.getString("name"), "target", row.getString("target")),
                    row.getBoolean("stopped")
                        ? Math.max(STOPPED, row.getDouble("seconds"))
                        : row.getDouble("seconds"),
                    row.getBoolean("stopped")
                        ? row.getString("name") + ": " + row.getString("detail")
                        : "%d alerts wait to be sent to %s, the oldest for %.0f seconds. %s"
                            .formatted(
                                row.getLong("waiting"),
                                row.getString("name"),
                                row.getDouble("seconds"),
                                row.getString("detail"))))
        .list();
  }
}
