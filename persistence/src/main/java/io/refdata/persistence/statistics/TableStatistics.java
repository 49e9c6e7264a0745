package io.refdata.persistence.statistics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table, or the partitions of one together.
 *
 * @param dataset the code of the dataset whose observations it holds
 * @param partitions the number of tables that it consists of
 * @param rows an estimate; null if the table was never analyzed
 * @param bloatBytes an estimate from the statistics of its columns; null if it was never analyzed
 * @param indexScanShare index scans of all scans, from 0 to 1; null if there were none
 * @param growthPerDay bytes since the oldest sample of the last week; null if there is none
 */
public record TableStatistics(
    String schema,
    String name,
    @Nullable String dataset,
    int partitions,
    @Nullable Long rows,
    long tableBytes,
    long indexBytes,
    long toastBytes,
    @Nullable Long bloatBytes,
    long sequentialScans,
    long indexScans,
    @Nullable Double indexScanShare,
    long deadRows,
    @Nullable Instant lastAnalyze,
    @Nullable Instant lastAutoanalyze,
    @Nullable Instant lastVacuum,
    @Nullable Instant lastAutovacuum,
    @Nullable Long growthPerDay) {}
