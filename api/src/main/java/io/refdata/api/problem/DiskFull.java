package io.refdata.api.problem;

import io.refdata.persistence.Causes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Recognizes failures to write a file or a row because the disk is full (RFC 4918, 11.5). */
public final class DiskFull {
  /** The detail of the problem. */
  public static final String DETAIL = "The disk is full; nothing was stored.";

  /**
   * The operating system's messages for ENOSPC and EDQUOT, since Java has no exception for them.
   */
  private static final List<String> MESSAGES =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** PostgreSQL's disk_full. */
  private static final String DISK_FULL = "53100";

  private DiskFull() {}

  /** Whether a full disk is the cause of a failure. */
  public static boolean causes(Throwable failure) {
    return Causes.of(failure).anyMatch(DiskFull::tells);
  }

  private static boolean tells(Throwable cause) {
    if (cause instanceof SQLException sql) {
      return DISK_FULL.equals(sql.getSQLState());
    }
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && MESSAGES.stream().anyMatch(message::contains);
  }
}
