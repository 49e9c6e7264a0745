package io.refdata.persistence.load.staging;

/** The staged rows cannot be merged. Nothing was merged; the file is staged again. */
public class StagingLost extends RuntimeException {
  private StagingLost(String message) {
    super(message);
  }

  /** A crash of the database empties unlogged tables. */
  static StagingLost crashed() {
    return new StagingLost("The database crashed, and what was staged is gone.");
  }

  /**
   * Another writer changed the data that the rows were checked against.
   *
   * @param change what has changed, as a sentence without its end
   */
  public static StagingLost changed(String change) {
    return new StagingLost(change + " while the file was staged.");
  }
}
