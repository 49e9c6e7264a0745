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
 * Several queries that see one state of the database. The isolation level goes out with the first
 * of them: set by JDBC it would take three round trips more, as many as the queries and the end of
 * the transaction together.
 */
public final class Snapshot {
  private static final String BEGIN =
      "set transaction isolation level repeatable read, read only;\n";

  private static final String UNDEFINED_TABLE = "42P01";

  /** Together some two seconds, each wait twice the one before. */
  private static final int MOST_TRIES = 12;

  private Snapshot() {}

  /** What is done with the connection. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Connection connection) throws SQLException, IOException;
  }

  /** What is done with the handle. */
  @FunctionalInterface
  public interface Asking<T> {
    T ask(Handle handle);
  }

  /**
   * Reads in a transaction of its own, of which the first statement is a {@link #first}. If a
   * partition that the snapshot has is not there, all is read again in a new one: it was retired
   * since, or this session has not been told yet that it was made (it becomes visible first). That
   * fails a statement before it has given any row, so nothing was handed on.
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

  /** Whether a statement names a table that is not there. */
  public static boolean missesTable(SQLException failure) {
    return UNDEFINED_TABLE.equals(failure.getSQLState());
  }

  /** Asks several queries of Jdbi in a transaction of its own. */
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

  /** The first query of a snapshot. */
  public static PreparedStatement first(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(BEGIN + sql);
  }

  /** Runs the first query. */
  public static ResultSet query(PreparedStatement first) throws SQLException {
    return Statements.timed(
        () -> {
          first.execute();
          first.getMoreResults();
          return first.getResultSet();
        });
  }
}
