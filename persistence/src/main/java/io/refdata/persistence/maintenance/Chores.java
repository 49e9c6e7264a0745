package io.refdata.persistence.maintenance;

import io.refdata.persistence.upkeep.Bounded;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Postponed;
import io.refdata.persistence.upkeep.Step;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Does one chore after the other, each as a step of its own, for a bounded time. What is left waits
 * for the next run.
 */
@Dependent
public class Chores {
  private final Jdbi jdbi;
  private final OptimizationLog log;

  @Inject
  public Chores(Jdbi jdbi, OptimizationLog log) {
    this.jdbi = jdbi;
    this.log = log;
  }

  /** Does them in their order, by their statements. */
  void run(String task, List<Chore> chores, MaintenanceRules rules, Consumer<Step> done) {
    run(task, chores, rules.time(), chore -> execute(chore, rules), done);
  }

  private String execute(Chore chore, MaintenanceRules rules) {
    try (Handle session = jdbi.open()) {
      Bounded.alone(
          session, rules.patience(), rules.time(), () -> session.execute(chore.statement()));
    }
    return chore.reason();
  }

  /**
   * Does them in their order.
   *
   * @param time after this time no further one is begun
   * @param work does one, and returns what came of it
   */
  void run(
      String task,
      List<Chore> chores,
      Duration time,
      Function<Chore, @Nullable String> work,
      Consumer<Step> done) {
    long start = System.nanoTime();
    for (int i = 0; i < chores.size(); i++) {
      int left = chores.size() - i;
      if (System.nanoTime() - start > time.toNanos()) {
        log.run(
            task,
            "the rest",
            () -> {
              throw new Postponed("The time is over; " + left + " are left for the next run.");
            },
            done);
        return;
      }
      Chore chore = chores.get(i);
      log.run(task, chore.subject(), () -> work.apply(chore), done);
    }
  }
}
