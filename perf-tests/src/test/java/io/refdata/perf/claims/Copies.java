package io.refdata.perf.claims;

import java.sql.SQLException;

/** The schema {@code claims} for copies of the platform's tables. It is dropped when closed. */
final class Copies implements AutoCloseable {
  private final PlainSql sql;

  Copies(PlainSql sql) throws SQLException {
    this.sql = sql;
    sql.execute("drop schema if exists claims cascade", "create schema claims");
  }

  @Override
  public void close() throws SQLException {
    sql.execute("drop schema claims cascade");
  }
}
