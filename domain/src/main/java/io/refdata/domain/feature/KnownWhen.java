package io.refdata.domain.feature;

/** From which instant on a value counts as known. */
public enum KnownWhen {
  /** From the instant at which it was recorded here. */
  RECORDED,

  /**
   * From the instant at which its provider published it, also if it was recorded later. What nobody
   * says a time of was published when it was recorded.
   */
  PUBLISHED
}
