package io.refdata.perf.claims;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The schema {@code claims}, where copies of the platform's tables are, until it is closed. */
final class Copies implements AutoCloseable {
  private final DataSource source;

  Copies(DataSource source) throws SQLException {
    this.source = source;
    execute("drop schema if exists claims cascade", "create schema claims");
  }

  DataSource source() {
    return source;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The one number that a query answers with. */
  static double number(DataSource source, String sql) throws SQLException {
    return Double.parseDouble(texts(source, sql).get(0));
  }

  /** The first column of a query. */
  static List<String> texts(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    execute("drop schema claims cascade");
  }
}
