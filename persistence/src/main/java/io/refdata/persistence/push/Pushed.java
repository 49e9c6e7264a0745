package io.refdata.persistence.push;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observations that were pushed, and what became of them.
 *
 * @param revision the dataset's revision; null if every row was refused
 * @param recordedAt the instant from which they are known; null if every row was refused
 */
public record Pushed(
    @Nullable Integer revision,
    @Nullable Instant recordedAt,
    long inserted,
    long revised,
    long unchanged,
    List<Refusal> rejected) {

  /**
   * One observation, as it was sent.
   *
   * @param number its place among all that were sent, from 1
   * @param key its dimension values, joined with dots
   * @param dimensions its dimension values
   */
  public record Row(
      int number, String key, List<String> dimensions, Instant time, double value, char status) {}

  /**
   * A row that was refused.
   *
   * @param row its place among all that were sent, from 1
   */
  public record Refusal(int row, String code, String reason) {}
}
