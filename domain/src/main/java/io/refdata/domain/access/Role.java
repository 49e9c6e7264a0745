package io.refdata.domain.access;

/** A kind of work that a caller may do. A caller may have several roles. */
public enum Role {
  /** Read data. */
  READER,
  /** Write reference data, datasets and layouts. */
  EDITOR,
  /** Send loads and push observations. */
  LOADER,
  /** Look after the database, the performance and the monitoring. */
  OPERATOR
}
