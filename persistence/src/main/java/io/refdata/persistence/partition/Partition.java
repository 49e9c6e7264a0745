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
 * @param written the last revision that wrote to the table of current values; 0 if none did
 * @param superseded the last revision that wrote to the table of vintages; 0 if none did
 */
public record Partition(
    Instant lower, Instant upper, String values, String vintages, int written, int superseded) {
  /** True if its time span overlaps the one from an instant on and before another. */
  public boolean overlaps(Instant from, Instant before) {
    return lower.isBefore(before) && from.isBefore(upper);
  }

  /** True if a value in it was inserted, revised or deleted after a revision. */
  public boolean isWrittenAfter(int revision) {
    return written > revision || superseded > revision;
  }

  /** True if a value in it was revised or deleted after a revision. */
  public boolean isSupersededAfter(int revision) {
    return superseded > revision;
  }
}
