package io.refdata.persistence.revision;

import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Another writer holds what a request writes to, or has just changed it. The same request can
 * succeed later.
 */
public class ResourceBusy extends RuntimeException {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private ResourceBusy(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A write has changed what the request was checked against. */
  public static ResourceBusy changed(Object resource) {
    return new ResourceBusy(resource + " was changed at the same time.", null);
  }

  /**
   * The exception to throw after a statement that waits for a lock has failed.
   *
   * @param holder the sentence that says who may hold the lock
   */
  public static RuntimeException of(UnableToExecuteStatementException failure, String holder) {
    return failure.getCause() instanceof SQLException sql
            && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
        ? new ResourceBusy(holder, failure)
        : failure;
  }
}
