package io.refdata.domain.item.fault;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition that an item must satisfy before it is written: HTTP's {@code If-Match} and {@code
 * If-None-Match}.
 *
 * @param versions the versions of which it must have one; null if none are given
 * @param anyVersion the item must exist, in any version
 * @param absent the item must not exist
 */
public record Precondition(@Nullable Set<Integer> versions, boolean anyVersion, boolean absent) {
  public static final Precondition NONE = new Precondition(null, false, false);

  /**
   * @param item the current item, null if it does not exist
   * @throws PreconditionRequired if it is there and nothing was said
   * @throws VersionMismatch if it is not as it was said to be
   */
  public void check(Code code, @Nullable Item item) {
    checkVersion(code, item == null ? null : item.version());
  }

  /**
   * @param present the version of the current item, null if it does not exist
   * @throws PreconditionRequired if it is there and nothing was said
   * @throws VersionMismatch if it is not as it was said to be
   */
  public void checkVersion(Code code, @Nullable Integer present) {
    if (present == null) {
      if (versions != null || anyVersion) {
        throw new VersionMismatch(code + " does not exist.");
      }
    } else if (absent) {
      throw new VersionMismatch(code + " exists, in version " + present + ".");
    } else if (versions == null && !anyVersion) {
      throw new PreconditionRequired(code, present);
    } else if (versions != null && !versions.contains(present)) {
      throw new VersionMismatch(
          code + " is in version " + present + ", not in the one If-Match names.");
    }
  }
}
