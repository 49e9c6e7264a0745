package io.refdata.api.problem;

import io.refdata.persistence.Causes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A file, or a row, could not be written for want of room (RFC 4918, 11.5). */
public final class DiskFull {
  /** What a client is told. */
  public static final String DETAIL = "The disk is full; nothing was stored.";

  /** Java has no exception of its own: the operating system's words for ENOSPC and EDQUOT. */
  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** PostgreSQL's disk_full. */
  private static final String DISK_FULL = "53100";

  private DiskFull() {}

  /** Whether a failure comes from that. */
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
        && WORDS.stream().anyMatch(message::contains);
  }
}
