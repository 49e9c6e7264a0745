package io.refdata.persistence.upkeep;

import io.refdata.persistence.Causes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps one by one, and records each in {@code performance_monitoring.optimization_log}. A
 * step that fails does not stop the next.
 */
@Dependent
public class OptimizationLog {
  private static final Logger LOG = Logger.getLogger(OptimizationLog.class);
  private static final double NANOS = 1e9;

  /** No lock was to be had in time: a lock timeout, or a deadlock that this session gave way in. */
  private static final Set<String> HELD_BY_ANOTHER = Set.of("55P03", "40P01");

  private final Jdbi jdbi;

  @Inject
  public OptimizationLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Does one step; returns what came of it, null if there is nothing to say. */
  @FunctionalInterface
  public interface Work {
    @Nullable String run();
  }

  /**
   * Runs a step and records it, whatever its outcome.
   *
   * @param task the name of the task, in capitals
   * @param subject what it is done to
   * @param done gets the step when it is recorded
   * @return true if it is done
   */
  public boolean run(String task, String subject, Work work, Consumer<Step> done) {
    long start = System.nanoTime();
    Outcome outcome = Outcome.DONE;
    String detail;
    try {
      detail = work.run();
    } catch (RuntimeException | Error e) {
      outcome = heldByAnother(e) ? Outcome.POSTPONED : Outcome.FAILED;
      detail = reason(e);
      if (outcome == Outcome.FAILED) {
        LOG.errorf(e, "%s of %s failed", task, subject);
      }
    }
    Step step = new Step(task, subject, outcome, (System.nanoTime() - start) / NANOS, detail);
    record(step);
    done.accept(step);
    return outcome == Outcome.DONE;
  }

  private void record(Step step) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into performance_monitoring.optimization_log (seconds, task, subject, outcome, detail)
                values (?, ?, ?, ?, ?)
                """,
                step.seconds(),
                step.task(),
                step.subject(),
                step.outcome().name(),
                step.detail()));
  }

  private static boolean heldByAnother(Throwable failure) {
    return Causes.of(failure)
        .anyMatch(
            cause ->
                cause instanceof Postponed
                    || cause instanceof SQLException sql
                        && HELD_BY_ANOTHER.contains(sql.getSQLState()));
  }

  /** The message of the database, if the failure comes from there; else the failure's own. */
  private static String reason(Throwable failure) {
    return Causes.of(failure)
        .filter(SQLException.class::isInstance)
        .findFirst()
        .map(cause -> String.valueOf(cause.getMessage()))
        .orElse(String.valueOf(failure.getMessage()));
  }
}
