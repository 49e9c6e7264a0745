package io.refdata.api.access;

import org.jspecify.annotations.Nullable;

/** One kind of credentials, such as the tokens of an issuer. */
public interface Credentials {
  /** Whether a credential has the form of this kind. */
  boolean recognizes(String credential);

  /** The memory of earlier checks of a credential, to be asked whenever it is sent again. */
  Remembered remembering(String credential);

  /** The verdict of an earlier check; null if there is none that still holds. */
  default @Nullable Verdict remembered(String credential) {
    return remembering(credential).verdict();
  }

  /**
   * Checks a credential. It is called on a worker thread, and may block for a bounded time.
   *
   * @throws CheckUnavailable if it can't be told now whether the credential is good
   */
  Verdict check(String credential) throws CheckUnavailable;
}
