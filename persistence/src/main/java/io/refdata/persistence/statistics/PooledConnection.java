package io.refdata.persistence.statistics;

import io.refdata.persistence.statistics.PooledConnections.Use;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool.
 *
 * @param pid the process of the database that serves it
 * @param since when it was borrowed or given back
 * @param thread the thread that has borrowed it; null if it is idle
 * @param statement the name of its last statement; null if it has none, or if it is the connection
 *     that asks
 * @param borrowed how often it has been borrowed
 */
public record PooledConnection(
    int pid,
    State state,
    Instant since,
    @Nullable String thread,
    @Nullable String statement,
    long borrowed) {
  /** Whether somebody has it. */
  public enum State {
    IDLE,
    IN_USE
  }

  static PooledConnection of(Use use, @Nullable Session session) {
    return new PooledConnection(
        use.pid(),
        use.thread() == null ? State.IDLE : State.IN_USE,
        use.since(),
        use.thread(),
        session == null ? null : session.statement(),
        use.borrowed());
  }
}
