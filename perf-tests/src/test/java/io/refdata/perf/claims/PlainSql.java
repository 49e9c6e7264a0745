package io.refdata.perf.claims;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A connection for plain SQL statements, each in its own transaction. */
final class PlainSql implements AutoCloseable {
  private final Connection connection;

  PlainSql(DataSource source) throws SQLException {
    connection = source.getConnection();
  }

  void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The single number that a query returns. */
  double number(String query) throws SQLException {
    return Double.parseDouble(texts(query).get(0));
  }

  /** The first column of all rows of a query. */
  List<String> texts(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** The surrogate key of a dataset. */
  int dataset(String code) throws SQLException {
    return (int) number("select id from curated.dataset where code = '%s'".formatted(code));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
