package io.refdata.persistence.sql;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Records the statements that Jdbi sends. */
public final class JdbiStatements implements SqlLogger {
  @Override
  public void logAfterExecution(StatementContext context) {
    Statements.record(context.getElapsedTime(ChronoUnit.NANOS));
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    Statements.record(context.getElapsedTime(ChronoUnit.NANOS));
  }
}
