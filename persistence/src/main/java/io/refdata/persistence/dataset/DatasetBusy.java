package io.refdata.persistence.dataset;

import io.refdata.domain.item.value.Code;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Another writer holds the dataset, or has just changed it. The same request can succeed later. */
public class DatasetBusy extends RuntimeException {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private DatasetBusy(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The definition is another than the one that observations were checked against. */
  public static DatasetBusy changed(Code dataset) {
    return new DatasetBusy(dataset + " was changed at the same time.", null);
  }

  /** What to throw after a statement that waits for the lock of the dataset has failed. */
  public static RuntimeException of(Code dataset, UnableToExecuteStatementException failure) {
    return failure.getCause() instanceof SQLException sql
            && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
        ? new DatasetBusy("A load is being merged into " + dataset + ".", failure)
        : failure;
  }
}
