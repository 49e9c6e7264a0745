package io.refdata.persistence.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;

/**
 * Runs several queries that see the same state of the database. The isolation level is record
 * together with the first query. JDBC's own way to set it would take three more round trips, as
 * many as the queries and the end of the transaction together.
 */
public final class Snapshot {
  private static final String BEGIN =
      "set transaction isolation level repeatable read, read only;\n";

  private static final String UNDEFINED_TABLE = "42P01";

  /**
   * The waits between tries take about two seconds together; each is twice as long as the one
   * before.
   */
  private static final int MOST_TRIES = 12;

  private Snapshot() {}

  /** Reads by a connection. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Connection connection) throws SQLException, IOException;
  }

  /** Reads by a handle. */
  @FunctionalInterface
  public interface Asking<T> {
    T ask(Handle handle);
  }

  /**
   * Reads in a transaction of its own, whose first statement is a {@link #first}. If a table of a
   * recorded partition does not exist, all is read again in a new snapshot: the partition was
   * retired since, or this session has not heard yet that it was created (its record becomes
   * visible first). Such a statement fails before it returns any row, so the caller has received
   * nothing.
   */
  public static <T> T read(Jdbi jdbi, Reading<T> reading) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return readOnce(jdbi, reading);
      } catch (SQLException e) {
        if (!missesTable(e) || tries == MOST_TRIES) {
          throw new ResultSetException("Reading in a snapshot", e, null);
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(1L << (tries - 1)).toNanos());
    }
  }

  private static <T> T readOnce(Jdbi jdbi, Reading<T> reading) throws SQLException, IOException {
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      connection.setAutoCommit(false);
      try {
        return reading.read(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** True if a statement failed because a table does not exist. */
  public static boolean missesTable(SQLException failure) {
    return UNDEFINED_TABLE.equals(failure.getSQLState());
  }

  /** Runs several queries by Jdbi in a transaction of its own. */
  public static <T> T ask(Jdbi jdbi, Asking<T> asking) {
    return jdbi.inTransaction(
        handle -> {
          try (Statement begin = handle.getConnection().createStatement()) {
            begin.execute(BEGIN);
          } catch (SQLException e) {
            throw new ResultSetException("Beginning a snapshot", e, null);
          }
          return asking.ask(handle);
        });
  }

  /** The first query of a snapshot, with its name. */
  public static PreparedStatement first(Connection connection, String name, String sql)
      throws SQLException {
    return connection.prepareStatement(StatementName.tag(BEGIN + sql, name));
  }

  /** Runs the first query. */
  public static ResultSet query(String name, PreparedStatement first) throws SQLException {
    return Statements.timed(
        name,
        first,
        () -> {
          first.execute();
          first.getMoreResults();
          return first.getResultSet();
        });
  }

  /** A later query of a snapshot, of several statements, with its name. */
  public static PreparedStatement later(Connection connection, String name, String sql)
      throws SQLException {
    return connection.prepareStatement(StatementName.tag(sql, name));
  }

  /** Runs a later query; the result of its first statement. */
  public static ResultSet queryLater(String name, PreparedStatement later) throws SQLException {
    return Statements.timed(
        name,
        later,
        () -> {
          later.execute();
          return later.getResultSet();
        });
  }
}
