package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A transaction of the database is open for long: what it holds is vacuumed by nobody, and others
 * wait for its locks.
 */
@Dependent
public class LongTransactions implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "LONG_TRANSACTIONS",
        Scope.PLATFORM,
        "seconds",
        Bounds.atLeast(300.0, 1_800.0),
        "/api/v1/database/connections");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select a.pid, extract(epoch from clock_timestamp() - a.xact_start) as seconds, coalesce(a.state, 'unknown') as state,
                   coalesce(a.application_name, '') as application, left(coalesce(a.query, ''), 200) as query,
                   count(*) over () as transactions
              from pg_stat_activity a
             where a.backend_type = 'client backend' and a.datname = current_database() and a.xact_start is not null
               and a.pid <> pg_backend_pid()
             order by a.xact_start
             limit 1
            """)
        .map(
            (row, context) ->
                new Situation(
                    Map.of(),
                    row.getDouble("seconds"),
                    "The transaction of session %d (%s, %s) has been open for %.0f seconds; its last statement: %s"
                        .formatted(
                            row.getInt("pid"),
                            row.getString("application"),
                            row.getString("state"),
                            row.getDouble("seconds"),
                            row.getString("query"))))
        .list();
  }
}
