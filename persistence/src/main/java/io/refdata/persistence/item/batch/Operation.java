package io.refdata.persistence.item.batch;

import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.ItemView;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a batch on one item.
 *
 * @param index its place in the batch, from 0
 * @param precondition what must hold of the stored item
 * @param draft the values that the item will have; null if it is deleted
 */
public record Operation(
    int index, Kind kind, Code code, Precondition precondition, @Nullable Draft draft) {
  /** The kinds of operations, with the names that clients use in lower case. */
  public enum Kind {
    /** Creates or replaces. */
    PUT,
    /** Changes some properties of an item on file. */
    PATCH,
    /** Deletes an item on file. */
    DELETE
  }

  /** Works out the values of an item. */
  @FunctionalInterface
  public interface Draft {
    /**
     * @param current the stored item; null if there is none
     */
    ItemValues of(@Nullable ItemView current);
  }

  /** A place in the operation, as a JSON pointer into the batch. */
  public String pointer(String member) {
    return "/" + index + member;
  }
}
