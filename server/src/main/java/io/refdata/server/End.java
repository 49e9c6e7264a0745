package io.refdata.server;

import org.jboss.logging.Logger;

/** The end of a server that can't mend what is wrong. */
public final class End {
  private static final Logger LOG = Logger.getLogger(End.class);

  /** What {@code sysexits.h} calls EX_CONFIG, so that a supervisor can tell it from a crash. */
  private static final int CODE = 78;

  private End() {}

  /**
   * Ends the process with one line that says what is wrong and where. In the middle of a start
   * there is nothing to bring to an end in order: the database undoes what was begun.
   */
  public static void because(String reason) {
    LOG.fatalf("The platform ends: %s", reason);
    Runtime.getRuntime().halt(CODE);
  }
}
