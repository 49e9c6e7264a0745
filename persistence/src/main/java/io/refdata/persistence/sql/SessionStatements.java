package io.refdata.persistence.sql;

import org.hibernate.SessionEventListener;

/** Reports what a session sends; Hibernate makes one for each (persistence.xml). */
public class SessionStatements implements SessionEventListener {
  private long start;

  @Override
  public void jdbcExecuteStatementStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteStatementEnd() {
    Statements.sent(System.nanoTime() - start);
  }

  @Override
  public void jdbcExecuteBatchStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteBatchEnd() {
    Statements.sent(System.nanoTime() - start);
  }
}
