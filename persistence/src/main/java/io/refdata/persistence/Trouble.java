package io.refdata.persistence;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * A reason for which work ends although its input is right: the database goes away, or lacks room,
 * or ends one of two transactions that block each other. The trouble passes; the same work may
 * succeed later.
 */
public enum Trouble {
  CONNECTION_LOST("The connection to the database was lost."),
  NO_ROOM("The database lacks disk, memory or connections."),
  DATABASE_FAILED("The database had to give up.");

  private final String sentence;

  Trouble(String sentence) {
    this.sentence = sentence;
  }

  /** A sentence for the user who waits for the work. */
  public String sentence() {
    return sentence;
  }

  /** The trouble that caused a failure; empty if the cause is something else. */
  public static Optional<Trouble> of(Throwable failure) {
    if (Connections.lost(failure)) {
      return Optional.of(CONNECTION_LOST);
    }
    return Causes.of(failure)
        .filter(SQLException.class::isInstance)
        .map(cause -> ((SQLException) cause).getSQLState())
        .filter(Objects::nonNull)
        .flatMap(state -> ofState(state).stream())
        .findFirst();
  }

  /**
   * By the classes of PostgreSQL's manual, appendix A: 53 is insufficient resources, 40 a rollback
   * (deadlock, serialization), 57 an operator's intervention, 58 a system error; 55P03 is a lock
   * that was not available, 25006 a server that became a standby.
   */
  private static Optional<Trouble> ofState(String state) {
    if (state.startsWith("53")) {
      return Optional.of(NO_ROOM);
    } else if (state.startsWith("40")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.equals("55P03")
        || state.equals("25006")) {
      return Optional.of(DATABASE_FAILED);
    }
    return Optional.empty();
  }
}
