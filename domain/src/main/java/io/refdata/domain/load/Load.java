package io.refdata.domain.load;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load of a file into a dataset or a collection. It begins when the file is on disk. It ends
 * COMPLETED, or FAILED (because of an error in the file or in the request), or STOPPED (by a user,
 * or because the service could not do it). If it ends FAILED or STOPPED, nothing was changed, and
 * it may be restarted.
 *
 * @param id its number
 * @param layout the name of the layout it was sent with; null if none was named
 * @param into {@code datasets/<code>} or a collection
 * @param definition the layout as it was when the load came, in JSON
 * @param mode what it does with what is stored and not in the file
 * @param dryRun true: the file is read and its rows are counted, and nothing is written
 * @param file the file that arrived
 * @param rows the numbers of values, or of lines for a collection, by their result
 * @param staged the number of rows in staging; null until all of them are there
 * @param progress the part done, 0 to 1
 * @param steps the steps that are done
 * @param publishedAt when the provider published the file; null if the sender did not say
 * @param recordedAt the instant from which readers see its data; null until it is committed
 * @param revision its revision; null until it is committed
 * @param executionId the job execution that runs it or ran it last
 * @param message the reason why it failed or was stopped, the trouble of its last try, or other
 *     news for the user
 * @param by who sent it
 * @param reason why; null if not said
 * @param requestId the {@code X-Request-Id} of the request that sent it; null if not known
 */
public record Load(
    long id,
    @Nullable String layout,
    String into,
    String definition,
    LoadMode mode,
    boolean dryRun,
    State state,
    File file,
    Rows rows,
    @Nullable Long staged,
    double progress,
    List<Step> steps,
    double maxRejectRatio,
    double maxDeleteRatio,
    @Nullable Instant publishedAt,
    Instant receivedAt,
    @Nullable Instant startedAt,
    @Nullable Instant recordedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer revision,
    @Nullable Long executionId,
    @Nullable String message,
    String by,
    @Nullable String reason,
    @Nullable String requestId) {

  /** The state of a load. */
  public enum State {
    RECEIVED,
    STAGING,
    MERGING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** True if the load has ended and does not go on by itself. */
    public boolean ended() {
      return this == COMPLETED || this == FAILED || this == STOPPED;
    }
  }

  /**
   * The file that arrived.
   *
   * @param name the name that the sender gave it; null if none
   * @param bytes its size, as it arrived
   * @param sha256 its SHA-256, in hexadecimal digits
   * @param path where it is stored, below the directory of payloads
   */
  public record File(@Nullable String name, long bytes, String sha256, String path) {}

  /**
   * The numbers of rows by their result.
   *
   * @param read the sum of those inserted, revised, unchanged and rejected
   * @param ignored those that the layout leaves out; they are not among those read
   * @param rounded those of the kept values that a double cannot hold as they are written
   */
  public record Rows(
      long read,
      long inserted,
      long revised,
      long unchanged,
      long deleted,
      long rejected,
      long ignored,
      long rounded) {}

  /**
   * A step that has been done.
   *
   * @param startedAt null for steps that were recorded before this was kept
   * @param threads how many threads worked on it in the mean; null if that was not measured
   */
  public record Step(
      String name,
      double seconds,
      long rows,
      @Nullable Instant startedAt,
      @Nullable Double threads) {}
}
