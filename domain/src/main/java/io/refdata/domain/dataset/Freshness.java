package io.refdata.domain.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The age of its latest load at which a dataset is stale, as ISO 8601 durations; null means never.
 *
 * @param warnAfter the age from which it deserves a warning
 * @param failAfter the age from which users must not rely on it
 */
public record Freshness(@Nullable String warnAfter, @Nullable String failAfter) {}
