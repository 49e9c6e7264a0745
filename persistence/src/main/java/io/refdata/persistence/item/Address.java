package io.refdata.persistence.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import org.jspecify.annotations.Nullable;

/**
 * The address of an item.
 *
 * @param list the code list, if the item is one of its codes; else null
 */
public record Address(ItemType<?> type, @Nullable Code list, Code code) {
  /** The collection it is in, as it stands in URLs. */
  public String collection() {
    return list == null ? type.collection() : "code-lists/" + list + "/codes";
  }

  /** The exception that the item does not exist. */
  public NoSuchItem noSuchItem() {
    return new NoSuchItem(collection(), code.value());
  }

  @Override
  public String toString() {
    return collection() + "/" + code;
  }
}
