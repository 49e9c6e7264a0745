package io.refdata.persistence.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the server was asked to do and that leaves no revision.
 *
 * @param action the name of its address, such as {@code MAINTENANCE}
 * @param status the HTTP status of the answer; null while it is under way, or if the server ended
 *     before it was over
 * @param by who asked for it
 * @param reason the reason that was given; null if none
 * @param requestId the {@code X-Request-Id} of the request
 */
public record Action(
    long id,
    Instant at,
    String action,
    String method,
    String path,
    @Nullable Integer status,
    String by,
    @Nullable String reason,
    @Nullable String requestId) {}
