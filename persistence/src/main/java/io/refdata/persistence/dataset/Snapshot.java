package io.refdata.persistence.dataset;

import io.refdata.persistence.statement.Statements;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;

/**
 * Several queries that see one state of the database. The isolation level goes out with the first
 * of them: set by JDBC it would take three round trips more, as many as the queries and the end of
 * the transaction together.
 */
final class Snapshot {
  private static final String BEGIN =
      "set transaction isolation level repeatable read, read only;\n";

  private Snapshot() {}

  /** What is done with the connection. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Connection connection) throws SQLException, IOException;
  }

  /** Reads in a transaction of its own, of which the first statement is a {@link #first}. */
  static <T> T read(Jdbi jdbi, Reading<T> reading) throws IOException {
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      connection.setAutoCommit(false);
      try {
        return reading.read(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new ResultSetException("Reading in a snapshot", e, null);
    }
  }

  /** The first query of a snapshot. */
  static PreparedStatement first(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(BEGIN + sql);
  }

  /** Runs the first query. */
  static ResultSet query(PreparedStatement first) throws SQLException {
    return Statements.timed(
        () -> {
          first.execute();
          first.getMoreResults();
          return first.getResultSet();
        });
  }
}
