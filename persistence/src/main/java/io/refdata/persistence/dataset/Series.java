package io.refdata.persistence.dataset;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One combination of dimension values.
 *
 * @param id its surrogate key
 * @param key its dimension values, joined with dots
 * @param dimensions its dimension values, in the order of the dataset's dimensions
 * @param unit the code of its unit, if it has one
 * @param first the start of the earliest period observed
 * @param last the start of the latest period observed
 */
public record Series(
    int id,
    String key,
    List<String> dimensions,
    @Nullable String unit,
    @Nullable Instant first,
    @Nullable Instant last) {

  /**
   * The same series in another unit.
   *
   * @param other its code; null for none
   */
  public Series measuredIn(@Nullable String other) {
    return new Series(id, key, dimensions, other, first, last);
  }
}
