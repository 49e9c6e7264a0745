package io.refdata.persistence.item.query;

import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list: items that have the same values of the first properties of its order, and,
 * of the next one, a value beyond another, any value, or none. The rest of a list after a page is
 * some stretches, one after the other, and each of them is one range of an index. So the last page
 * costs as much as the first.
 *
 * @param equal the values of the first properties; null for a property that the items lack
 * @param beyond the value that the next property comes after; null for none
 * @param without true if the items lack the next property
 */
record Stretch(List<@Nullable Object> equal, @Nullable Object beyond, boolean without) {

  /** The stretches of a list after the page before it, in its order. */
  static List<Stretch> of(ItemList list) {
    List<Order> order = ListOrder.of(list);
    List<@Nullable Object> key = list.after();
    List<Stretch> stretches = new ArrayList<>();
    for (int same = key == null ? 0 : order.size() - 1; same >= 0; same--) {
      List<@Nullable Object> equal = key == null ? List.of() : key.subList(0, same);
      Object beyond = key == null ? null : key.get(same);
      if (key != null && beyond == null) {
        continue; // Nothing comes after the items that lack the property.
      }
      stretches.add(new Stretch(equal, beyond, false));
      if (!ListOrder.isAlwaysThere(order.get(same).property())) {
        stretches.add(new Stretch(equal, null, true));
      }
    }
    return stretches;
  }
}
