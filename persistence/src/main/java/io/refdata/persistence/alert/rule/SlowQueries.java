package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.sql.Acquisitions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Statements of one name took longer than the slow mark ({@code refdata.slow-statement}) on
 * average, or five of a hundred did.
 */
@Dependent
public class SlowQueries implements AlertRule {
  private static final double SLOW = Setting.SLOW_STATEMENT.time().toMillis();
  private static final Duration WINDOW = Setting.ALERTS_SLOW_WINDOW.time();
  private static final long CALLS = Setting.ALERTS_SLOW_CALLS.number();

  @Override
  public Description description() {
    return new Description(
        "SLOW_QUERIES",
        Scope.PLATFORM,
        "milliseconds",
        Bounds.atLeast(SLOW, 10 * SLOW),
        "/api/v1/database/queries?window=PT5M");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select name, calls, total_ms / calls as mean_ms, p95_ms
              from performance_monitoring.latencies(:window * interval '1 s')
             where name <> :connection and calls >= :calls and greatest(total_ms / calls, p95_ms) >= :slow / 2
             order by greatest(total_ms / calls, p95_ms) desc
            """)
        .bind("window", WINDOW.toSeconds())
        .bind("connection", Acquisitions.NAME)
        .bind("calls", CALLS)
        .bind("slow", SLOW)
        .map(
            (row, context) ->
                new Situation(
                    Map.of("query", row.getString("name")),
                    Math.max(row.getDouble("mean_ms"), row.getDouble("p95_ms")),
                    "Statement %s took %.0f ms on average and %.0f ms in 95 of 100 calls, of %d calls in %s"
                        .formatted(
                            row.getString("name"),
                            row.getDouble("mean_ms"),
                            row.getDouble("p95_ms"),
                            row.getLong("calls"),
                            WINDOW)))
        .list();
  }
}
