package io.refdata.domain.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The rules by which a dataset's observations are divided by time, and old ones are removed.
 *
 * @param interval the time span of one partition
 * @param premake the number of partitions that are created ahead of the latest observation
 * @param retention the time for which observations stay stored, as an ISO 8601 period; null means
 *     for ever
 * @param onExpiry what becomes of a partition after that time
 */
public record Partitioning(
    Interval interval, int premake, @Nullable String retention, OnExpiry onExpiry) {}
