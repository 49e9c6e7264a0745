package io.refdata.persistence.load.staging;

/** The staged rows cannot be merged. Nothing was merged; the file must be staged again. */
public class StagingLost extends RuntimeException {
  private StagingLost(String message) {
    super(message);
  }

  /** A crash of the database empties unlogged tables. */
  static StagingLost crashed() {
    return new StagingLost("The database crashed, and what was staged is gone.");
  }

  /** The dataset was defined in another way when the rows were checked. */
  public static StagingLost changed() {
    return new StagingLost("The dataset was changed while the file was staged.");
  }
}
