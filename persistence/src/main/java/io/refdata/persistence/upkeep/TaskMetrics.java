package io.refdata.persistence.upkeep;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcomes of the tasks that look after the database. */
@ApplicationScoped
public class TaskMetrics implements MetricSource {
  private final SampleReads reads;
  private final Map<String, Instant> successes = new HashMap<>();
  private volatile List<LastRun> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  TaskMetrics() {
    this(null);
  }

  @Inject
  public TaskMetrics(SampleReads reads) {
    this.reads = reads;
  }

  /**
   * The last run of a task on any server.
   *
   * @param succeeded when a run last ended with all its steps done, as far as this server knows
   */
  private record LastRun(
      String task, Outcome outcome, Instant ended, @Nullable Instant succeeded) {}

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    last =
        reads.ask(
            handle ->
                handle
                    .createQuery(
                        """
                        select task, outcome, ended_at from performance_monitoring.schedule
                         where outcome is not null and ended_at is not null
                         order by task
                        """)
                    .map((row, context) -> read(row))
                    .list());
  }

  private LastRun read(ResultSet row) throws SQLException {
    String task = row.getString(1);
    Outcome outcome = Outcome.valueOf(row.getString(2));
    Instant ended = row.getObject(3, OffsetDateTime.class).toInstant();
    if (outcome == Outcome.DONE) {
      successes.put(task, ended);
    }
    return new LastRun(task, outcome, ended, successes.get(task));
  }

  @Override
  public void collect(MetricSheet sheet) {
    TaskRuns.all()
        .forEach(
            (run, count) ->
                sheet.counter(
                    "refdata_task_runs",
                    "Runs of a task on this server",
                    count,
                    "task",
                    run.task(),
                    "outcome",
                    run.outcome().name()));
    for (LastRun run : last) {
      sheet.gauge(
          "refdata_task_failing",
          "1 if the last run of a task failed, on any server",
          run.outcome() == Outcome.FAILED ? 1 : 0,
          "task",
          run.task());
      if (run.succeeded() != null) {
        sheet.gauge(
            "refdata_task_last_success_timestamp_seconds",
            "When a run of a task last did all its steps, on any server",
            run.succeeded().getEpochSecond(),
            "task",
            run.task());
      }
    }
  }
}
