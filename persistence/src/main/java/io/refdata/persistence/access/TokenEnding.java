package io.refdata.persistence.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are not accepted any more, though their time is not over: one of them, or all of a
 * subject.
 *
 * @param at when they ended; of a subject, those that were issued before
 * @param by who ended them
 * @param subject the {@code sub} of the tokens, or the name of their caller; null if it is one
 *     token
 * @param jti the {@code jti} of the token; null if they are of a subject
 * @param reason null if none was given
 */
public record TokenEnding(
    long id,
    Instant at,
    String by,
    @Nullable String subject,
    @Nullable String jti,
    @Nullable String reason) {}
