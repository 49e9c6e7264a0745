package io.refdata.persistence.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The standing of a text that a client sent as a key.
 *
 * @param key null if it is refused
 * @param until the instant up to which this may be relied on
 */
public record Standing(@Nullable ApiKey key, Instant until) {}
