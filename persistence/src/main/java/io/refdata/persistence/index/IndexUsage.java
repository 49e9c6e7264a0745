package io.refdata.persistence.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index and its use since it is watched. The index of a partitioned table and those of its
 * partitions are one.
 *
 * @param table the table, with its schema
 * @param name the index; for indexes that only partitions have, their {@code form}
 * @param form the definition without names: {@code USING btree (a, b)}
 * @param columns the columns or expressions, in their order; those of INCLUDE too
 * @param partitions the number of partitions that have it
 * @param rowsRead entries that its scans returned
 * @param hitRatio the share of its pages that were found in PostgreSQL's cache; null if none was
 *     read
 * @param lastUsedAt its last scan; null if there was none
 * @param watchedSince the time from which the counters are kept
 * @param coveredBy the index that serves the same; null if there is none
 */
public record IndexUsage(
    String table,
    String name,
    String form,
    String definition,
    List<String> columns,
    boolean unique,
    boolean constraint,
    long partitions,
    long bytes,
    long scans,
    long rowsRead,
    @Nullable Double hitRatio,
    @Nullable Instant lastUsedAt,
    Instant watchedSince,
    Verdict verdict,
    @Nullable String coveredBy) {
  public IndexUsage {
    columns = List.copyOf(columns);
  }
}
