package io.refdata.db;

import java.util.stream.Collectors;

/** The schema could not be brought up to date. The message is one line for an operator. */
public final class MigrationFailed extends RuntimeException {

  MigrationFailed(String message) {
    super(oneLine(message));
  }

  MigrationFailed(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
