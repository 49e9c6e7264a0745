package io.refdata.persistence.push;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a push of observations.
 *
 * @param revision the dataset's revision; null if every row was rejected
 * @param recordedAt the instant from which readers see them; null if every row was rejected
 */
public record Pushed(
    @Nullable Integer revision,
    @Nullable Instant recordedAt,
    long inserted,
    long revised,
    long unchanged,
    List<RejectedRow> rejected) {

  /**
   * One observation of a push.
   *
   * @param number its number among all rows of the push, from 1
   * @param key its dimension values, joined with dots
   * @param dimensions its dimension values
   * @param value {@code NaN} if it is missing
   */
  public record Row(
      int number, String key, List<String> dimensions, Instant time, double value, char status) {}

  /**
   * A row that was rejected.
   *
   * @param row its number among all rows of the push, from 1
   */
  public record RejectedRow(int row, String code, String reason) {}
}
