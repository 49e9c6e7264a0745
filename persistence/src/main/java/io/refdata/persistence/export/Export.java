package io.refdata.persistence.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of observations that somebody asked for. It waits, is written, and ends COMPLETED, or
 * FAILED without a file. It is removed some days after that, or when somebody deletes it.
 *
 * @param id its number
 * @param dataset the code of the dataset
 * @param format the format of the file, as a request names it
 * @param query what is asked of the dataset, in JSON, without {@code asOf}
 * @param asOf the instant as of which the observations are read
 * @param rows the number of observations in the file; 0 until it is there
 * @param bytes the size of the file; so far, while it is written
 * @param sha256 the SHA-256 of the file, in hexadecimal digits; null until it is there
 * @param path the name of the file below the directory of exports; null before the first try
 * @param tries how many times a server has begun to write it
 * @param startedAt when the first of them began; null before
 * @param finishedAt when it ended; null before
 * @param expiresAt when it is removed; null until it has ended
 * @param message why it failed; null if it has not
 * @param by who asked for it
 */
public record Export(
    long id,
    String dataset,
    String format,
    String query,
    State state,
    Instant asOf,
    long rows,
    long bytes,
    @Nullable String sha256,
    @Nullable String path,
    int tries,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable String message,
    String by) {

  /** Its state. */
  public enum State {
    WAITING,
    RUNNING,
    COMPLETED,
    FAILED
  }

  /** Whether its time is over, although it has not been removed yet. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
