package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The last run of a task that looks after the database failed. It ends with a run that does not
 * fail.
 */
@Dependent
public class TaskFailed implements AlertRule {

  @Override
  public Description description() {
    return new Description(
        "TASK_FAILED",
        Scope.PLATFORM,
        "runs",
        Bounds.atLeast(1.0, null).openAfter(Duration.ZERO).closeAfter(Duration.ZERO),
        "/api/v1/database/maintenance");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return database
        .createQuery(
            """
            select s.task, s.ended_at, coalesce(s.detail, 'no detail') as detail
              from performance_monitoring.schedule s
             where s.outcome = 'FAILED'
             order by s.task
            """)
        .map(
            (row, context) ->
                new Situation(
                    Map.of("task", row.getString("task")),
                    1,
                    "The run of task %s that ended at %s failed: %s"
                        .formatted(
                            row.getString("task"),
                            row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                            row.getString("detail"))))
        .list();
  }
}
