package io.refdata.api.access;

import org.jspecify.annotations.Nullable;

/** One kind of credentials, and how they are checked. */
public interface Credentials {
  /** True if a credential has the form of this kind; nothing is checked. */
  boolean recognizes(String credential);

  /**
   * What is known of a credential. It is called on an I/O thread, so it never waits.
   *
   * @return null if it has to be checked
   */
  @Nullable Verdict remembered(String credential);

  /**
   * Checks a credential, on a worker thread; it waits for a bounded time.
   *
   * @throws CheckUnavailable if it cannot be told now
   */
  Verdict check(String credential) throws CheckUnavailable;
}
