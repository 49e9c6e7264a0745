package io.refdata.persistence.load.staging;

/**
 * The staged rows are lost: a crash of the database empties unlogged tables. Nothing was merged;
 * the file must be staged again.
 */
public class StagingLost extends RuntimeException {
  public StagingLost(long load) {
    super("The staged rows of load " + load + " are gone");
  }
}
