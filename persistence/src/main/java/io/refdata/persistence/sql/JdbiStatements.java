package io.refdata.persistence.sql;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Records the statements that Jdbi sends. */
public final class JdbiStatements implements SqlLogger {
  @Override
  public void logAfterExecution(StatementContext context) {
    record(context);
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    record(context);
  }

  private static void record(StatementContext context) {
    String sql = context.getRenderedSql();
    Statements.record(
        sql == null ? null : StatementName.in(sql),
        context.getElapsedTime(ChronoUnit.NANOS),
        context.getStatement());
  }
}
