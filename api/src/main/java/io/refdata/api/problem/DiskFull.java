package io.refdata.api.problem;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognizes failures to write a file because the disk is full (RFC 4918, 11.5). */
public final class DiskFull {
  /** The detail of the problem. */
  public static final String DETAIL = "The disk of the service is full; nothing was stored.";

  /**
   * The operating system's messages for ENOSPC and EDQUOT, since Java has no exception for them.
   */
  private static final List<String> MESSAGES =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  private DiskFull() {}

  /** Whether a full disk is the cause of a failure. */
  public static boolean causes(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (cause instanceof IOException
          && message != null
          && MESSAGES.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
