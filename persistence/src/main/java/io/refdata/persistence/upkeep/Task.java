package io.refdata.persistence.upkeep;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A task that looks after the database. It runs by its schedule ({@link Schedules}), and whenever
 * an operator asks for it; at any time on one node only ({@link Turn}). It does its work in steps,
 * and records each in the {@link OptimizationLog}. What a crash cuts off is finished by the next
 * run.
 */
public interface Task {
  /** Its name, in capitals. */
  String name();

  /** The time from one run to the next, until an operator changes it. */
  Duration every();

  /** True if it also runs when the server starts, to finish what a crash has cut off. */
  default boolean atStart() {
    return false;
  }

  /** False if it has no schedule until somebody sets one. */
  default boolean isScheduled() {
    return true;
  }

  /** How long a run takes: tasks wait only for others of the same pace. */
  default Pace pace() {
    return Pace.SHORT;
  }

  /** How long a run takes, and how soon the task has to run when it is due. */
  enum Pace {
    /** Seconds. */
    SHORT,
    /** Mostly seconds, minutes if much has come; it is to run soon after it is due all the same. */
    STEADY,
    /** Up to hours; it can wait for others as long. */
    LONG
  }

  /**
   * Runs it, not in a transaction.
   *
   * @param done gets each step when it is recorded
   */
  void run(Consumer<Step> done);
}
