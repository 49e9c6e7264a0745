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
 * The connections of a pool that have been borrowed since it is watched. Nothing here may fail: a
 * connection whose return fails is lost to the pool.
 */
final class PooledConnections implements AgroalPoolInterceptor {
  /** By the connection of the driver; those that are closed are removed when somebody looks. */
  private final Map<PGConnection, Use> uses = new ConcurrentHashMap<>();

  /**
   * The present use of a connection.
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
    PGConnection driver = driver(connection);
    if (driver != null) {
      Use before = uses.get(driver);
      uses.put(
          driver,
          new Use(
              driver.getBackendPID(),
              Instant.now(),
              Thread.currentThread().getName(),
              before == null ? 1 : before.borrowed() + 1));
    }
  }

  @Override
  public void onConnectionReturn(Connection connection) {
    PGConnection driver = driver(connection);
    if (driver != null) {
      uses.computeIfPresent(
          driver, (same, use) -> new Use(use.pid(), Instant.now(), null, use.borrowed()));
    }
  }

  /** All that are open; those that are longest in their state first. */
  List<Use> all() {
    uses.keySet().removeIf(PooledConnections::isClosed);
    List<Use> all = new ArrayList<>(uses.values());
    all.sort(Comparator.comparing(Use::since));
    return all;
  }

  /** Null if it was cut off. */
  private static @Nullable PGConnection driver(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class);
    } catch (SQLException e) {
      return null;
    }
  }

  private static boolean isClosed(PGConnection driver) {
    try {
      return ((Connection) driver).isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("The driver does not fail here", e);
    }
  }
}
