package io.refdata.persistence.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a signal: it is RUNNING, and ends COMPLETED or FAILED.
 *
 * @param cause the revision that it runs for
 * @param changed the code of the dataset that has this revision; null if it is the reference data,
 *     or the dataset was deleted
 * @param load the load that wrote that revision; null if none did
 * @param result the revision of the target that it wrote; null if nothing changed, or before
 * @param rows how many observations it wrote
 * @param tries how many times it was begun
 * @param finishedAt when it ended; null before
 * @param message why it failed; null if it has not
 */
public record SignalRun(
    long id,
    State state,
    int cause,
    @Nullable String changed,
    @Nullable Long load,
    @Nullable Integer result,
    long rows,
    int tries,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String message) {

  /** Its state. */
  public enum State {
    RUNNING,
    COMPLETED,
    FAILED
  }
}
