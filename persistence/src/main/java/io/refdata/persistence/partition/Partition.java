package io.refdata.persistence.partition;

import java.time.Instant;

/**
 * The two tables that hold a dataset's observations in a time span. A partition exists if {@code
 * curated.partition} has it; the names of tables do not count.
 *
 * @param lower the first instant
 * @param upper the first instant after it
 * @param values the table of the current values, with its schema: {@code curated.observation_7_…}
 * @param vintages the table of values that were current before
 */
public record Partition(Instant lower, Instant upper, String values, String vintages) {
  /** True if its time span overlaps the one from an instant on and before another. */
  boolean overlaps(Instant from, Instant before) {
    return lower.isBefore(before) && from.isBefore(upper);
  }
}
