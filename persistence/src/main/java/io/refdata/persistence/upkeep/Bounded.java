package io.refdata.persistence.upkeep;

import io.refdata.settings.Setting;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Bounds how long a task waits for locks, because whoever comes after it waits behind it. A step
 * that waits longer is postponed.
 */
public final class Bounded {
  private static final String PATIENCE = Setting.MAINTENANCE_PATIENCE.time().toMillis() + "ms";

  private static final String RESET = "reset lock_timeout";

  private Bounded() {}

  /** Bounds the waits of the transaction of a handle. */
  public static void waits(Handle handle) {
    handle.execute("select set_config('lock_timeout', ?, true)", PATIENCE);
  }

  /** Runs statements that cannot be in a transaction, with bounded waits. */
  public static <T> T alone(Handle session, Supplier<T> statements) {
    session.execute("select set_config('lock_timeout', ?, false)", PATIENCE);
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

  /** A session that is lost needs no reset, and the failure says so. */
  private static void reset(Handle session, RuntimeException failure) {
    try {
      session.execute(RESET);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
