package io.refdata.domain.dataset;

/** A dataset was not changed or deleted because of the series or observations it has. */
public class DatasetInUse extends RuntimeException {
  public DatasetInUse(String message) {
    super(message);
  }
}
