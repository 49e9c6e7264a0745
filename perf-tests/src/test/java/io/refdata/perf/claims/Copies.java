package io.refdata.perf.claims;

import java.sql.SQLException;

/** The schema {@code claims}, where copies of the platform's tables are; closed, it is dropped. */
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
