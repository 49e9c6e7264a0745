package io.refdata.persistence.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a list of items.
 *
 * @param list the code list, if the items are its codes; else null
 * @param conditions the conditions that all items must satisfy
 * @param order the properties to sort by; the code is always the last one, and not in this list
 * @param after the values of the order's properties and the code of the last item before the page;
 *     null for the first page
 * @param limit the largest number of items; null for all
 * @param expand the names of the references and of the referring items to expand
 * @param past the past state to read; null for the current one
 * @param near the place whose neighbours the items are, the nearest first: then there is no other
 *     order, and {@code after} holds a distance and a code; null for an order by properties
 */
public record ItemList(
    ItemType<?> type,
    @Nullable Code list,
    List<Condition> conditions,
    List<Order> order,
    @Nullable List<@Nullable Object> after,
    @Nullable Integer limit,
    Set<String> expand,
    @Nullable Past past,
    @Nullable Near near) {

  /** A list in the order of properties. */
  public ItemList(
      ItemType<?> type,
      @Nullable Code list,
      List<Condition> conditions,
      List<Order> order,
      @Nullable List<@Nullable Object> after,
      @Nullable Integer limit,
      Set<String> expand,
      @Nullable Past past) {
    this(type, list, conditions, order, after, limit, expand, past, null);
  }

  /** One property to sort by, a reference by its code; items without it come last either way. */
  public record Order(Property property, boolean descending) {}

  /** The list that holds only one item, if it exists. */
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

  /**
   * The current items with some codes, as far as they exist.
   *
   * @param list the code list, if the items are its codes; else null
   * @param codes at least one, each once
   * @param limit at least the number of the codes
   */
  public static ItemList of(
      ItemType<?> type, @Nullable Code list, List<Code> codes, int limit, Set<String> expand) {
    return new ItemList(
        type,
        list,
        List.of(new Condition.AnyOf(type.code(), List.copyOf(codes))),
        List.of(),
        null,
        limit,
        expand,
        null);
  }

  /** True if it is the list of one code, which at most one item has. */
  public boolean isSingle() {
    return limit != null
        && near == null
        && after == null
        && conditions.size() == 1
        && conditions.get(0) instanceof Condition.AnyOf any
        && any.property().equals(type.code())
        && any.values().size() == 1
        && (list != null || type != Catalogue.CODES);
  }

  /**
   * True if the items can be read in the order of codes until the page is full, without reading the
   * rest.
   */
  public boolean byCode() {
    return list == null
        && near == null
        && order.isEmpty()
        && conditions.stream()
            .allMatch(
                condition ->
                    condition instanceof Condition.AnyOf any && any.property().equals(type.code()));
  }
}
