package io.refdata.persistence.access;

import io.refdata.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that a machine or a tool sends instead of a token. It ends at its time, or when it is
 * revoked, and stays on record.
 *
 * @param prefix the first characters of its text after {@code rdk_}
 * @param usedAt when it was last used, to a minute; null if never
 * @param revokedAt null if it was not revoked
 */
public record ApiKey(
    String name,
    String prefix,
    Set<Role> roles,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant usedAt,
    @Nullable Instant revokedAt,
    @Nullable String revokedBy) {
  public ApiKey {
    roles = Set.copyOf(roles);
  }

  /** True if it is accepted at an instant. */
  public boolean isValid(Instant at) {
    return revokedAt == null && at.isBefore(expiresAt);
  }
}
