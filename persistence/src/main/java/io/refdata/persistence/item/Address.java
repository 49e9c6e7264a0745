package io.refdata.persistence.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import org.jspecify.annotations.Nullable;

/**
 * Which item is meant.
 *
 * @param list the code list, of one of its codes; else null
 */
public record Address(ItemType<?> type, @Nullable Code list, Code code) {
  /** The collection it is in, as it stands in URLs. */
  public String collection() {
    return list == null ? type.collection() : "code-lists/" + list + "/codes";
  }

  /** The failure that it is not on file. */
  public NoSuchItem noSuchItem() {
    return new NoSuchItem(collection(), code.value());
  }

  @Override
  public String toString() {
    return collection() + "/" + code;
  }
}
