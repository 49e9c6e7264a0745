package io.refdata.domain.revision;

import org.jspecify.annotations.Nullable;

/**
 * The user who writes, and the reason.
 *
 * @param by the user
 * @param reason the reason that the user gave; null if none
 */
public record Author(String by, @Nullable String reason) {}
