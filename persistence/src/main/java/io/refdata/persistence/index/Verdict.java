package io.refdata.persistence.index;

/** The verdict about an index. */
public enum Verdict {
  /** It is used, or needed by a constraint or a foreign key, or not watched for long enough. */
  USED,
  /** Nothing has used it for as long as {@code refdata.indexes.unused-after}. */
  UNUSED,
  /** Another index serves all that it serves. */
  DUPLICATE,
  /** A build was cut off: it costs writes and serves nothing. */
  INVALID
}
