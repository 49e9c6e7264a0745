package io.refdata.domain.dataset;

import org.jspecify.annotations.Nullable;

/**
 * How the observations of a dataset are divided by time, and what becomes of the old ones.
 *
 * @param interval how much time one partition holds
 * @param premake how many partitions are made ahead of the latest observation
 * @param retention how long observations are kept, as an ISO 8601 period; null is for ever
 * @param onExpiry {@code DETACH} keeps an expired partition as a table of its own, {@code DROP}
 *     does not
 */
public record Partitioning(
    Interval interval, int premake, @Nullable String retention, String onExpiry) {}
