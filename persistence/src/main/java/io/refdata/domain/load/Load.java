package io.refdata.domain.load;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a dataset or a collection, or what has become of it. It begins when the
 * file is on disk and ends COMPLETED, FAILED (by a fault of the file or of its order; nothing was
 * changed; may be restarted) or STOPPED (by somebody, or since the service could not do it; the
 * same).
 *
 * @param id its number
 * @param layout the name of the layout it was sent with; null if none was named
 * @param into {@code datasets/<code>} or a collection
 * @param definition the layout as it was when the load came, in JSON
 * @param mode {@code UPSERT} or {@code REPLACE}
 * @param file what arrived
 * @param rows how many values, or lines of a collection, met which fate
 * @param staged how many rows stand in staging; null while they do not all stand there
 * @param progress the part done, 0 to 1
 * @param steps what has been done so far
 * @param recordedAt the instant from which it is known; null until it is committed
 * @param revision its revision; null until it is committed
 * @param executionId the job execution that runs it or ran it last
 * @param message why it failed or was stopped, what its last try met, or what is worth knowing
 */
public record Load(
    long id,
    @Nullable String layout,
    String into,
    String definition,
    String mode,
    State state,
    File file,
    Rows rows,
    @Nullable Long staged,
    double progress,
    List<Step> steps,
    double maxRejectRatio,
    double maxDeleteRatio,
    Instant receivedAt,
    @Nullable Instant startedAt,
    @Nullable Instant recordedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer revision,
    @Nullable Long executionId,
    @Nullable String message,
    String by,
    @Nullable String reason) {

  /** Where it stands. */
  public enum State {
    RECEIVED,
    STAGING,
    MERGING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** Whether nothing more becomes of it by itself. */
    public boolean ended() {
      return this == COMPLETED || this == FAILED || this == STOPPED;
    }
  }

  /**
   * What arrived.
   *
   * @param name what the sender calls it
   * @param bytes its size, as it arrived
   * @param sha256 its SHA-256, in hexadecimal digits
   * @param path where it is kept, below the directory of payloads
   */
  public record File(@Nullable String name, long bytes, String sha256, String path) {}

  /** How many met which fate; {@code read} is the sum of all but {@code deleted}. */
  public record Rows(
      long read, long inserted, long revised, long unchanged, long deleted, long rejected) {}

  /** A step that has been done. */
  public record Step(String name, double seconds, long rows) {}
}
