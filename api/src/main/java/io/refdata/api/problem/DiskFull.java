package io.refdata.api.problem;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file could not be written for want of room (RFC 4918, 11.5). */
public final class DiskFull {
  /** What a client is told. */
  public static final String DETAIL = "The disk of the service is full; nothing was kept.";

  /** Java has no exception of its own: the operating system's words for ENOSPC and EDQUOT. */
  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  private DiskFull() {}

  /** Whether a failure comes from that. */
  public static boolean causes(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (cause instanceof IOException
          && message != null
          && WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
