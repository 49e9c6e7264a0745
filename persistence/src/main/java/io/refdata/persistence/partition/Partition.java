package io.refdata.persistence.partition;

import java.time.Instant;

/**
 * The two tables that hold a dataset's observations of a span of time. It exists because {@code
 * curated.partition} says so, not because there are tables of such a name.
 *
 * @param lower the first instant
 * @param upper the first instant after it
 * @param values the table of what is known now, with its schema: {@code curated.observation_7_…}
 * @param vintages the table of what was known before
 */
public record Partition(Instant lower, Instant upper, String values, String vintages) {
  /** Whether it holds any of the instants from one to before another. */
  boolean overlaps(Instant from, Instant before) {
    return lower.isBefore(before) && from.isBefore(upper);
  }
}
