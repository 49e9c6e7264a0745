package io.refdata.persistence.push;

/** A load locks the dataset for longer than a push waits. */
public class DatasetBusy extends RuntimeException {
  public DatasetBusy(String message, Throwable cause) {
    super(message, cause);
  }
}
