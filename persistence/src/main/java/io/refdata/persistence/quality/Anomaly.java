package io.refdata.persistence.quality;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that does not follow from those before it as its series usually does.
 *
 * @param id stays the same while the value does
 * @param series the key of its series
 * @param period as the frequency of the dataset writes it
 * @param expected what would have followed
 * @param score over 6
 * @param load the load that wrote the value
 * @param mark null while it is open
 */
public record Anomaly(
    long id,
    String dataset,
    String series,
    String period,
    double value,
    double expected,
    double score,
    State state,
    long load,
    Instant foundAt,
    @Nullable Mark mark) {

  /** Whether it counts. */
  public enum State {
    OPEN,
    /** Somebody says that the value is right. */
    RIGHT
  }

  /**
   * The mark of somebody that a value is right.
   *
   * @param reason why it is
   */
  public record Mark(String by, Instant at, String reason) {}
}
