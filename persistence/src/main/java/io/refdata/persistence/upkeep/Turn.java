package io.refdata.persistence.upkeep;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets a task run on one node at a time: by an advisory lock of a session that the task keeps while
 * it runs. If the node dies, its session ends, and so does the lock.
 */
@Dependent
public class Turn {
  private final Jdbi jdbi;

  @Inject
  public Turn(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Runs the work, unless the task runs somewhere already.
   *
   * @return false if it does
   */
  public boolean run(String task, Runnable work) {
    try (Handle session = jdbi.open()) {
      if (!ask(session, "pg_try_advisory_lock", task)) {
        return false;
      }
      try {
        work.run();
      } finally {
        ask(session, "pg_advisory_unlock", task);
      }
      return true;
    }
  }

  private static boolean ask(Handle session, String function, String task) {
    return session
        .createQuery("select " + function + "(20265, hashtext(:task))")
        .bind("task", task)
        .mapTo(Boolean.class)
        .one();
  }
}
