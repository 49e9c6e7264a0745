package io.refdata.domain.dataset;

import org.jspecify.annotations.Nullable;

/**
 * When a dataset is stale: the age of its latest load, as ISO 8601 durations; null is never.
 *
 * @param warnAfter from which age it deserves a warning
 * @param failAfter from which age it must not be relied on
 */
public record Freshness(@Nullable String warnAfter, @Nullable String failAfter) {}
