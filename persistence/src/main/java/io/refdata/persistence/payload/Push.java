package io.refdata.persistence.payload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A push of observations, as it came.
 *
 * @param id its number; a later push has a larger one
 * @param bytes the length of its JSON
 * @param into {@code datasets/<code>}; null if that was not recorded yet when it came
 * @param content its JSON, an array of rows
 */
public record Push(
    long id, Instant receivedAt, long bytes, @Nullable String into, String content) {}
