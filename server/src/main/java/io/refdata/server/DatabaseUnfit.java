package io.refdata.server;

/** There is a database, but the platform can't use it; the message says why in one line. */
final class DatabaseUnfit extends Exception {
  private static final long serialVersionUID = 1;

  DatabaseUnfit(String message) {
    super(message);
  }
}
