package io.refdata.api.platform;

/** Part of the platform did not start; the message says what and why. */
public final class StartFailed extends RuntimeException {
  StartFailed(String message) {
    super(message);
  }

  StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
