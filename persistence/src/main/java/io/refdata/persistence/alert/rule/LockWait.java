package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A session waits for long for a lock that another one holds. Builds of indexes that wait for the
 * transactions of others hold nobody up, and do not count.
 */
@Dependent
public class LockWait implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "LOCK_WAIT",
        Scope.PLATFORM,
        "seconds",
        Bounds.atLeast(20.0, 120.0),
        "/api/v1/database/connections");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select w.pid, extract(epoch from clock_timestamp() - w.waitstart) as seconds,
                   (select count(distinct o.pid) from pg_locks o where not o.granted and o.locktype <> 'virtualxid') as waiting,
                   coalesce(array_to_string(pg_blocking_pids(w.pid), ', '), '') as blockers,
                   left(coalesce(a.query, ''), 200) as query
              from pg_locks w
              join pg_stat_activity a on a.pid = w.pid and a.datname = current_database()
             where not w.granted and w.waitstart is not null and w.locktype <> 'virtualxid'
             order by w.waitstart
             limit 1
            """)
        .map(
            (row, context) ->
                new Situation(
                    Map.of(),
                    row.getDouble("seconds"),
                    "Session %d has waited for %.0f seconds for a lock of session %s; sessions that wait: %d; its statement: %s"
                        .formatted(
                            row.getInt("pid"),
                            row.getDouble("seconds"),
                            row.getString("blockers"),
                            row.getLong("waiting"),
                            row.getString("query"))))
        .list();
  }
}
