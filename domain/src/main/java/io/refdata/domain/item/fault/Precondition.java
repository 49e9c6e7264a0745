package io.refdata.domain.item.fault;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of an item before it is written: HTTP's {@code If-Match} and {@code
 * If-None-Match}.
 *
 * @param versions the versions one of which it must be in; null: nothing said
 * @param anyVersion it must be there, in whatever version
 * @param absent it must not be there
 */
public record Precondition(@Nullable Set<Integer> versions, boolean anyVersion, boolean absent) {
  public static final Precondition NONE = new Precondition(null, false, false);

  /**
   * @param item the item as it is, null if it is not there
   * @throws PreconditionRequired if it is there and nothing was said
   * @throws VersionMismatch if it is not as it was said to be
   */
  public void check(Code code, @Nullable Item item) {
    checkVersion(code, item == null ? null : item.version());
  }

  /**
   * @param present the version of what is there, null if nothing is
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
