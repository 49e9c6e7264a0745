package io.refdata.api.access;

import org.jspecify.annotations.Nullable;

/** The memory of earlier checks of one credential. It knows the credential by its hash only. */
@FunctionalInterface
public interface Remembered {
  /**
   * The verdict of an earlier check; null if there is none that still holds now. It is called on an
   * I/O thread: it does not block.
   */
  @Nullable Verdict verdict();
}
