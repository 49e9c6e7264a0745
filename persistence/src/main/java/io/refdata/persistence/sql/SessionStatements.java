package io.refdata.persistence.sql;

import org.hibernate.SessionEventListener;

/**
 * Records the statements that a session sends; Hibernate creates one listener for each session
 * (persistence.xml).
 */
public class SessionStatements implements SessionEventListener {
  private long start;

  @Override
  public void jdbcExecuteStatementStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteStatementEnd() {
    Statements.record(System.nanoTime() - start);
  }

  @Override
  public void jdbcExecuteBatchStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteBatchEnd() {
    Statements.record(System.nanoTime() - start);
  }
}
