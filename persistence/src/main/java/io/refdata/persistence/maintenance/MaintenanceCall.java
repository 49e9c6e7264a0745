package io.refdata.persistence.maintenance;

import io.refdata.persistence.upkeep.Outcome;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.persistence.upkeep.Tasks;
import io.refdata.persistence.upkeep.Turn;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The tasks of this package, done when an operator calls for them. */
@Dependent
public class MaintenanceCall {
  private final List<Task> all;
  private final Tasks tasks;
  private final Turn turn;

  @Inject
  public MaintenanceCall(
      Tasks tasks,
      Turn turn,
      Vacuum vacuum,
      Analyze analyze,
      Reindex reindex,
      DeleteOldRecords deletion) {
    this.all = List.of(vacuum, analyze, reindex, deletion);
    this.tasks = tasks;
    this.turn = turn;
  }

  /** The names of the tasks, in the order in which they help each other. */
  public List<String> names() {
    return all.stream().map(Task::name).toList();
  }

  /** The names of those that can be done to certain tables. */
  public List<String> namesOfTableTasks() {
    return all.stream().filter(TableTask.class::isInstance).map(Task::name).toList();
  }

  /**
   * Does what is needed, as a run by the schedule does.
   *
   * @param names of tasks
   * @return the steps; a task that runs already is {@code POSTPONED}
   */
  public List<Step> run(List<String> names) {
    List<Step> steps = new ArrayList<>();
    for (Task task : named(names)) {
      tasks.run(task).ifPresentOrElse(steps::addAll, () -> steps.add(runsAlready(task)));
    }
    return steps;
  }

  /**
   * Does it to certain tables, whether they need it or not. The schedule stays as it is.
   *
   * @param names of tasks for tables
   * @param tables their names in SQL, with their schemas
   */
  public List<Step> run(List<String> names, List<String> tables) {
    List<Step> steps = new ArrayList<>();
    for (Task task : named(names)) {
      if (!(task instanceof TableTask one)) {
        throw new IllegalArgumentException(task.name() + " is not done to tables");
      }
      if (!turn.run(task.name(), () -> one.run(tables, steps::add))) {
        steps.add(runsAlready(task));
      }
    }
    return steps;
  }

  private List<Task> named(List<String> names) {
    return all.stream().filter(task -> names.contains(task.name())).toList();
  }

  private static Step runsAlready(Task task) {
    return new Step(
        task.name(), "all", Outcome.POSTPONED, 0, "It runs already, here or on another node.");
  }
}
