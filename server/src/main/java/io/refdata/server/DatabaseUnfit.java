package io.refdata.server;

/**
 * There is a database, but the platform cannot use it; the message gives the reason in one line.
 */
final class DatabaseUnfit extends Exception {
  private static final long serialVersionUID = 1;

  DatabaseUnfit(String message) {
    super(message);
  }
}
