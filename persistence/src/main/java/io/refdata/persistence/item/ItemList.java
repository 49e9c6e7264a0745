package io.refdata.persistence.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list that is asked for.
 *
 * @param list the code list, of a list of its codes; else null
 * @param conditions what all items must satisfy
 * @param order by which properties, the code as the last implied
 * @param after the values of the order's properties and the code of the last item before the page;
 *     null from the beginning
 * @param limit how many at most; null for all
 * @param expand which references and which referring items come whole, by their names
 * @param past the state that is asked for; null for what is known now
 */
public record ItemList(
    ItemType<?> type,
    @Nullable Code list,
    List<Condition> conditions,
    List<Order> order,
    @Nullable List<@Nullable Object> after,
    @Nullable Integer limit,
    Set<String> expand,
    @Nullable Past past) {

  /** One property to sort by, a reference by its code; items without it come last either way. */
  public record Order(Property property, boolean descending) {}

  /** The list of one item, if it is there. */
  public static ItemList of(Address address, Set<String> expand, @Nullable Past past) {
    return new ItemList(
        address.type(),
        address.list(),
        List.of(new Condition.AnyOf(address.type().code(), List.of(address.code()))),
        List.of(),
        null,
        1,
        expand,
        past);
  }

  /** Whether the first of it are the first by code, so that the rest need not be looked at. */
  public boolean byCode() {
    return list == null
        && order.isEmpty()
        && conditions.stream()
            .allMatch(
                condition ->
                    condition instanceof Condition.AnyOf any && any.property().equals(type.code()));
  }
}
