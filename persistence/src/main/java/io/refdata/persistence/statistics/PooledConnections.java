package io.refdata.persistence.statistics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The connections of a pool that have been borrowed since it is watched. The pool hands over those
 * of the driver itself. Nothing here may fail: a connection whose return fails is lost to the pool,
 * and one that was cut off cannot even be unwrapped.
 */
final class PooledConnections implements AgroalPoolInterceptor {
  /** By the connection of the driver; those that are closed are removed when somebody looks. */
  private final Map<Connection, Use> uses = new ConcurrentHashMap<>();

  /**
   * What a connection is used for.
   *
   * @param pid the process of the database that serves it
   * @param since when it was borrowed or given back
   * @param thread the thread that has borrowed it; null if it is idle
   * @param borrowed how often it has been borrowed
   */
  record Use(int pid, Instant since, @Nullable String thread, long borrowed) {}

  /** Watches the connections of a pool from now on. */
  static PooledConnections of(AgroalDataSource pool) {
    PooledConnections connections = new PooledConnections();
    pool.setPoolInterceptors(List.of(connections));
    return connections;
  }

  @Override
  public void onConnectionAcquire(Connection connection) {
    if (connection instanceof PGConnection driver) {
      Use before = uses.get(connection);
      uses.put(
          connection,
          new Use(
              driver.getBackendPID(),
              Instant.now(),
              Thread.currentThread().getName(),
              before == null ? 1 : before.borrowed() + 1));
    }
  }

  @Override
  public void onConnectionReturn(Connection connection) {
    uses.computeIfPresent(
        connection, (same, use) -> new Use(use.pid(), Instant.now(), null, use.borrowed()));
  }

  /** All that are open; those that are longest in their state first. */
  List<Use> all() {
    uses.keySet().removeIf(PooledConnections::isClosed);
    List<Use> all = new ArrayList<>(uses.values());
    all.sort(Comparator.comparing(Use::since));
    return all;
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("The driver does not fail here", e);
    }
  }
}
