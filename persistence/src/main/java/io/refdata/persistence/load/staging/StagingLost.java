package io.refdata.persistence.load.staging;

/**
 * What was staged is not there any more: a crash of the database empties unlogged tables. Nothing
 * was merged; the file must be staged again.
 */
public class StagingLost extends RuntimeException {
  public StagingLost(long load) {
    super("The staged rows of load " + load + " are gone");
  }
}
