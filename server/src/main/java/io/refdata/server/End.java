package io.refdata.server;

import org.jboss.logging.Logger;

/** Ends a server that cannot repair a failure. */
public final class End {
  private static final Logger LOG = Logger.getLogger(End.class);

  /** EX_CONFIG of {@code sysexits.h}, so that a supervisor can tell this end from a crash. */
  private static final int CODE = 78;

  private End() {}

  /**
   * Ends the process with one line about the failure and its place. During a start no orderly
   * shutdown is needed: the database rolls back what was begun.
   */
  public static void because(String reason) {
    LOG.fatalf("The platform ends: %s", reason);
    Runtime.getRuntime().halt(CODE);
  }
}
