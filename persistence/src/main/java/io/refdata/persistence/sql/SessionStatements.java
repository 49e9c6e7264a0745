package io.refdata.persistence.sql;

import org.hibernate.SessionEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Records the statements that a session sends, and how long it waits for its connection; Hibernate
 * creates one listener for each session (persistence.xml).
 */
public class SessionStatements implements SessionEventListener {
  private long start;
  private @Nullable String prepared;

  @Override
  public void jdbcConnectionAcquisitionStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcConnectionAcquisitionEnd() {
    Acquisitions.record(System.nanoTime() - start);
  }

  @Override
  public void jdbcPrepareStatementEnd() {
    prepared = EntityStatements.prepared();
  }

  @Override
  public void jdbcExecuteStatementStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteStatementEnd() {
    Statements.record(prepared, System.nanoTime() - start, null);
  }

  @Override
  public void jdbcExecuteBatchStart() {
    start = System.nanoTime();
  }

  @Override
  public void jdbcExecuteBatchEnd() {
    Statements.record(prepared, System.nanoTime() - start, null);
  }
}
