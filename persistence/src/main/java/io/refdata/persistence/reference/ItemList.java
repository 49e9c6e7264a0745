package io.refdata.persistence.reference;

import io.refdata.reference.Code;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list that is asked for.
 *
 * @param list the code list, of a list of its codes; else null
 * @param conditions what all items must satisfy
 * @param order by which properties, the code as the last implied
 * @param after the values of the order's properties and the code of the last item before the page;
 *     null from the beginning
 * @param limit how many at most
 * @param past the past state that is asked for; null for what is known now
 */
public record ItemList(
    ItemType<?> type,
    @Nullable Code list,
    List<Condition> conditions,
    List<Order> order,
    @Nullable List<@Nullable Object> after,
    int limit,
    @Nullable Past past) {

  /** A list of what is known now. */
  public ItemList(
      ItemType<?> type,
      @Nullable Code list,
      List<Condition> conditions,
      List<Order> order,
      @Nullable List<@Nullable Object> after,
      int limit) {
    this(type, list, conditions, order, after, limit, null);
  }

  /** The same list of a past state; of what is known now, if that is null. */
  public ItemList asOf(@Nullable Past state) {
    return new ItemList(type, list, conditions, order, after, limit, state);
  }

  /** One property to sort by; items without it come last either way. */
  public record Order(Property property, boolean descending) {}
}
