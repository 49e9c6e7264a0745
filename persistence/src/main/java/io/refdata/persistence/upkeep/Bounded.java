package io.refdata.persistence.upkeep;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Bounds how long a task waits for locks, because whoever comes after it waits behind it. A step
 * that waits longer is postponed.
 */
public final class Bounded {
  private static final Duration PATIENCE = Setting.MAINTENANCE_PATIENCE.time();

  private static final String RESET = "reset lock_timeout;\nreset statement_timeout";

  private Bounded() {}

  /** Bounds the waits of the transaction of a handle. */
  public static void waits(Handle handle) {
    handle.execute("select set_config('lock_timeout', ?, true)", milliseconds(PATIENCE));
  }

  /** Runs statements that cannot be in a transaction, with bounded waits. */
  public static <T> T alone(Handle session, Supplier<T> statements) {
    return alone(session, PATIENCE, Duration.ZERO, statements);
  }

  /**
   * Runs statements that cannot be in a transaction.
   *
   * @param wait how long each waits for a lock
   * @param time how long each may take; 0: without a bound
   */
  public static <T> T alone(Handle session, Duration wait, Duration time, Supplier<T> statements) {
    session.execute(
        "select set_config('lock_timeout', ?, false), set_config('statement_timeout', ?, false)",
        milliseconds(wait),
        milliseconds(time));
    T result;
    try {
      result = statements.get();
    } catch (RuntimeException e) {
      reset(session, e);
      throw e;
    }
    session.execute(RESET);
    return result;
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + "ms";
  }

  /** A session that is lost needs no reset, and the failure says so. */
  private static void reset(Handle session, RuntimeException failure) {
    try {
      session.execute(RESET);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
