package io.refdata.persistence.upkeep;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * When the tasks run, and what came of their last runs: {@code performance_monitoring.schedule}.
 */
@Dependent
public class Schedules {
  private final Jdbi jdbi;

  @Inject
  public Schedules(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Puts a task on record, due at once, unless it is there. */
  public void add(Task task) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into performance_monitoring.schedule (task, every)
                values (?, make_interval(secs => ?))
                on conflict (task) do nothing
                """,
                task.name(),
                task.every().toSeconds()));
  }

  /** Sets the time from one run of a task to the next; it is next due after that time. */
  public void set(Task task, Duration every) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into performance_monitoring.schedule (task, every, due_at)
                values (?, make_interval(secs => ?), clock_timestamp() + make_interval(secs => ?))
                on conflict (task) do update set every = excluded.every, due_at = excluded.due_at
                """,
                task.name(),
                every.toSeconds(),
                every.toSeconds()));
  }

  /** Takes a task off the record: it has no schedule until one is set. */
  public void remove(Task task) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "delete from performance_monitoring.schedule where task = ?", task.name()));
  }

  /** The names of the tasks that are due, the longest due first. */
  public List<String> due() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select task from performance_monitoring.schedule
                     where due_at <= clock_timestamp()
                     order by due_at
                    """)
                .mapTo(String.class)
                .list());
  }

  /** A run begins: the task is due again after its time. */
  public void began(String task) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update performance_monitoring.schedule
                   set began_at = clock_timestamp(), due_at = clock_timestamp() + every
                 where task = ?
                """,
                task));
  }

  /** A run has ended. */
  public void ended(String task, Outcome outcome, @Nullable String detail) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update performance_monitoring.schedule
                   set ended_at = clock_timestamp(), outcome = ?, detail = ?
                 where task = ?
                """,
                outcome.name(),
                detail,
                task));
  }
}
