package io.refdata.persistence.item.batch;

import io.refdata.domain.item.fault.Fault;

/**
 * One thing that is wrong with a batch.
 *
 * @param fault its place is a pointer into the batch: {@code /3/item/capacityMw}
 */
public record BatchFault(Kind kind, Fault fault) {
  /** More are not collected: they would not be answered. */
  public static final int MOST = 100;

  /** The answer to the operation if it were the only one of its request. */
  public enum Kind {
    INVALID,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    CONFLICT
  }

  public static BatchFault of(Kind kind, String pointer, String detail) {
    return new BatchFault(kind, new Fault(pointer, detail));
  }
}
