package io.refdata.persistence.upkeep;

import io.refdata.persistence.upkeep.Task.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** All tasks, and how one is run: in its turn, with its outcome on record in its schedule. */
@ApplicationScoped
public class Tasks {
  private static final Logger LOG = Logger.getLogger(Tasks.class);

  private final List<Task> all;
  private final Schedules schedules;
  private final Turn turn;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  Tasks() {
    this(List.of(), null, null);
  }

  @Inject
  public Tasks(@Any Instance<Task> all, Schedules schedules, Turn turn) {
    this(all.stream().toList(), schedules, turn);
  }

  /** With certain tasks only. */
  public Tasks(List<Task> all, Schedules schedules, Turn turn) {
    this.all = all;
    this.schedules = schedules;
    this.turn = turn;
  }

  /**
   * Puts all scheduled tasks on record that are not there yet, and runs those that run at the
   * start.
   */
  public void start() {
    all.stream().filter(Task::isScheduled).forEach(schedules::add);
    all.stream().filter(Task::atStart).forEach(this::run);
  }

  /** Runs the tasks of a pace that are due, one after the other. */
  public void runDue(Pace pace) {
    for (String name : schedules.due()) {
      all.stream()
          .filter(task -> task.name().equals(name))
          .filter(task -> task.pace() == pace)
          .findFirst()
          .ifPresent(this::run);
    }
  }

  /**
   * Runs a task.
   *
   * @return its steps; empty if it runs already, here or on another node
   */
  public Optional<List<Step>> run(Task task) {
    List<Step> steps = new ArrayList<>();
    return turn.run(task.name(), () -> run(task, steps)) ? Optional.of(steps) : Optional.empty();
  }

  private void run(Task task, List<Step> steps) {
    schedules.began(task.name());
    try {
      task.run(steps::add);
      schedules.ended(task.name(), outcome(steps), summary(steps));
      TaskRuns.ended(task.name(), outcome(steps));
    } catch (RuntimeException | Error e) {
      TaskRuns.ended(task.name(), Outcome.FAILED);
      schedules.ended(task.name(), Outcome.FAILED, String.valueOf(e.getMessage()));
      LOG.errorf(e, "Task %s failed", task.name());
    }
  }

  private static Outcome outcome(List<Step> steps) {
    return steps.stream().map(Step::outcome).max(Outcome::compareTo).orElse(Outcome.DONE);
  }

  private static String summary(List<Step> steps) {
    StringBuilder summary = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      long count = steps.stream().filter(step -> step.outcome() == outcome).count();
      summary.append(summary.isEmpty() ? "" : ", ").append(count).append(' ').append(outcome);
    }
    return summary.toString();
  }
}
