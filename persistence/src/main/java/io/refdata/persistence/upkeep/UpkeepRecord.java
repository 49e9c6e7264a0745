package io.refdata.persistence.upkeep;

import io.refdata.persistence.sql.Snapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The record of the tasks: when each runs, and their last steps. */
@Dependent
public class UpkeepRecord {
  private final Jdbi jdbi;

  @Inject
  public UpkeepRecord(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A task.
   *
   * @param next when it is due
   * @param began when its last run began; null if there was none, as for {@code ended}
   * @param ended when its last run ended, or the one before if it runs now
   */
  public record Scheduled(
      String task,
      Duration every,
      Instant next,
      @Nullable Instant began,
      @Nullable Instant ended,
      @Nullable Outcome outcome,
      @Nullable String detail) {}

  /** A step, and when it ended. */
  public record Recorded(Instant at, Step step) {}

  /** Both, as they were at one moment. */
  public record Upkeep(List<Scheduled> schedules, List<Recorded> steps) {}

  /**
   * Reads it.
   *
   * @param limit the most steps; the last ones
   */
  public Upkeep read(int limit) {
    return Snapshot.ask(jdbi, handle -> new Upkeep(schedules(handle), steps(handle, limit)));
  }

  private static List<Scheduled> schedules(Handle handle) {
    return handle
        .createQuery(
            """
            select task, extract(epoch from every)::bigint as seconds, due_at, began_at, ended_at, outcome, detail
              from performance_monitoring.schedule
             order by task
            """)
        .map((row, context) -> scheduled(row))
        .list();
  }

  private static Scheduled scheduled(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return new Scheduled(
        row.getString("task"),
        Duration.ofSeconds(row.getLong("seconds")),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        instant(row, "began_at"),
        instant(row, "ended_at"),
        outcome == null ? null : Outcome.valueOf(outcome),
        row.getString("detail"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static List<Recorded> steps(Handle handle, int limit) {
    return handle
        .createQuery(
            """
            select at, task, subject, outcome, seconds, detail
              from performance_monitoring.optimization_log
             order by at desc, id desc
             limit :limit
            """)
        .bind("limit", limit)
        .map((row, context) -> recorded(row))
        .list();
  }

  private static Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        new Step(
            row.getString("task"),
            row.getString("subject"),
            Outcome.valueOf(row.getString("outcome")),
            row.getDouble("seconds"),
            row.getString("detail")));
  }
}
