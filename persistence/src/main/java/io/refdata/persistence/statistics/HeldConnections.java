package io.refdata.persistence.statistics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/** The connections that are taken from the pool and not given back yet. */
final class HeldConnections implements AgroalPoolInterceptor {
  private final Map<Integer, Held> held = new ConcurrentHashMap<>();

  /**
   * A connection in use.
   *
   * @param pid the process of the server that serves it
   * @param thread the thread that took it
   */
  record Held(int pid, Instant since, String thread) {}

  /** Watches the connections of a pool from now on. */
  static HeldConnections of(AgroalDataSource pool) {
    HeldConnections connections = new HeldConnections();
    pool.setPoolInterceptors(List.of(connections));
    return connections;
  }

  @Override
  public void onConnectionAcquire(Connection connection) {
    int pid = pid(connection);
    held.put(pid, new Held(pid, Instant.now(), Thread.currentThread().getName()));
  }

  @Override
  public void onConnectionReturn(Connection connection) {
    held.remove(pid(connection));
  }

  private static int pid(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID();
    } catch (SQLException e) {
      throw new IllegalStateException("A connection of another database", e);
    }
  }

  /** Those that are held for longer than a time, the longest first. */
  List<Held> longerThan(Duration time) {
    Instant before = Instant.now().minus(time);
    List<Held> found = new ArrayList<>();
    for (Held one : held.values()) {
      if (one.since().isBefore(before)) {
        found.add(one);
      }
    }
    found.sort(Comparator.comparing(Held::since));
    return found;
  }
}
