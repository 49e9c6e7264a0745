package io.refdata.db;

/** A migration could not be applied; the message is one line. */
public final class MigrationFailed extends RuntimeException {
  MigrationFailed(Throwable cause) {
    super(
        "The migration failed: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
        cause);
  }
}
