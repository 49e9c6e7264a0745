package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.revision.AuditRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list, as SQL about a table with the alias {@code i}: the properties it is sorted
 * by, then the code. Items without a property come last, in either direction.
 */
final class ListOrder {
  private ListOrder() {}

  /** All that a list is sorted by; the code is the last. */
  static List<Order> of(ItemList list) {
    List<Order> order = new ArrayList<>(list.order());
    order.add(new Order(list.type().code(), false));
    return order;
  }

  /** The order of a list, as it stands after {@code order by}. */
  static String terms(Sql sql, ItemList list) {
    return terms(sql, of(list));
  }

  /** A part of an order, as it stands after {@code order by}. */
  static String terms(Sql sql, List<Order> order) {
    return order.stream()
        .map(by -> value(sql, by.property()) + direction(by) + nulls(by.property()))
        .collect(Collectors.joining(", "));
  }

  static String direction(Order by) {
    return by.descending() ? " desc" : "";
  }

  private static String nulls(Property property) {
    return isAlwaysThere(property) ? "" : " nulls last";
  }

  /** True if no item can lack a property. */
  static boolean isAlwaysThere(Property property) {
    return property.required() || property.name().equals("code");
  }

  /** The expression that a property sorts by; for a reference, its code, which never changes. */
  static String value(Sql sql, Property property) {
    if (property.kind() != PropertyKind.REFERENCE) {
      return "i." + property.column();
    }
    ItemType<?> target = Catalogue.of(property.target());
    return sql.isPast()
        ? "(select s.code from %s s where s.id = i.%s limit 1)"
            .formatted(AuditRows.table(target), property.column())
        : "(select s.code from %s s where s.id = i.%s)"
            .formatted(target.table(), property.column());
  }

  /** SQL that a value comes after another in an order. */
  static String beyond(Order by, String value, String other) {
    return value + (by.descending() ? " < " : " > ") + other;
  }

  /**
   * Adds the condition that an item comes after the end of the page before: equal in the first
   * properties, and beyond in the next. Adds nothing for a first page.
   */
  static void after(Sql sql, ItemList list) {
    if (list.after() == null) {
      return;
    }
    List<@Nullable Object> key = Objects.requireNonNull(list.after());
    List<Order> order = of(list);
    List<String> alternatives = new ArrayList<>();
    String equal = "";
    for (int i = 0; i < order.size(); i++) {
      Property property = order.get(i).property();
      String column = value(sql, property);
      Object value = key.get(i);
      if (value == null) {
        equal += column + " is null and ";
        continue;
      }
      String bound = sql.bind(value);
      String beyond = beyond(order.get(i), column, bound);
      alternatives.add(
          equal
              + (isAlwaysThere(property) ? beyond : "(" + beyond + " or " + column + " is null)"));
      equal += column + " = " + bound + " and ";
    }
    sql.add(" and ((").add(String.join(") or (", alternatives)).add("))");
  }
}
