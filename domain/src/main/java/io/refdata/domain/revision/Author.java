package io.refdata.domain.revision;

import org.jspecify.annotations.Nullable;

/**
 * Who writes, and why.
 *
 * @param by the user
 * @param reason what the user gave as the reason
 */
public record Author(String by, @Nullable String reason) {}
