package io.refdata.persistence.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The statements of one name in a span of time. Times are in milliseconds, as the server saw them;
 * a percentile is at most 12.5 % too high.
 *
 * @param name null for all statements that the platform did not send; of these only {@code
 *     pg_stat_statements} knows
 * @param share the share of the time of all statements, from 0 to 1
 * @param slow the calls that took longer than {@code refdata.slow-statement}
 * @param rows null without {@code pg_stat_statements}; so are the blocks
 */
public record QueryStatistics(
    @Nullable String name,
    long calls,
    @Nullable Double meanMs,
    @Nullable Double p50Ms,
    @Nullable Double p95Ms,
    @Nullable Double p99Ms,
    @Nullable Double maxMs,
    @Nullable Double share,
    @Nullable Long slow,
    @Nullable Long rows,
    @Nullable Long blocksHit,
    @Nullable Long blocksRead) {}
