package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** An index is invalid, and nobody builds it: it costs each write, and no read uses it. */
@Dependent
public class InvalidIndex implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "INVALID_INDEX",
        Scope.PLATFORM,
        "indexes",
        Bounds.atLeast(1.0, null),
        "/api/v1/database/indexes");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select i.physical_name as name
              from performance_monitoring.physical_index i
             where not i.is_valid and not i.is_partitioned
               and not exists (select from pg_stat_progress_create_index p where p.relid = i.leaf_id)
             order by 1
            """)
        .map(
            (row, context) ->
                new Situation(
                    Map.of("index", row.getString("name")),
                    1,
                    "Index %s is invalid: it costs each write, and no read uses it"
                        .formatted(row.getString("name"))))
        .list();
  }
}
