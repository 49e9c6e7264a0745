package io.refdata.domain.dataset;

/** The fate of a partition that is older than the retention. */
public enum OnExpiry {
  /** It stays as a table of its own, which the dataset does not read any more. */
  DETACH,
  /** It is deleted. */
  DROP
}
