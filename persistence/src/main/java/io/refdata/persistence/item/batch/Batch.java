package io.refdata.persistence.item.batch;

import io.refdata.domain.item.value.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a batch.
 *
 * @param revision null if it has changed nothing
 * @param items in the order of the operations
 */
public record Batch(@Nullable Integer revision, List<Done> items) {
  /** The outcome for an item. */
  public enum Status {
    CREATED,
    UPDATED,
    DELETED,
    UNCHANGED
  }

  /**
   * The outcome for one item.
   *
   * @param version the one that the item has now, or that it had when it was deleted
   */
  public record Done(Code code, Status status, int version) {}
}
