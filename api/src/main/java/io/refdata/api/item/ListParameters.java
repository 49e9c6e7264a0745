package io.refdata.api.item;

import io.refdata.api.request.AsOf;
import io.refdata.api.request.OnDay;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Near;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows.Counting;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list of items: conditions, order, start and fields.
 *
 * @param near the place whose neighbours the items are; null if they are sorted by properties
 * @param limit the maximum number of items, if the request has one
 * @param counting the kind of count; null if the items are not counted
 * @param identity identifies the list; all its pages have the same
 */
record ListParameters(
    ItemType<?> type,
    List<Condition> conditions,
    List<Order> order,
    @Nullable Near near,
    ItemFields fields,
    Optional<Integer> limit,
    @Nullable List<@Nullable Object> after,
    @Nullable Counting counting,
    String identity) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = (int) Setting.LISTS_LIMIT.number();
  private static final Set<PropertyKind> UNSORTED =
      Set.of(PropertyKind.IDENTIFIERS, PropertyKind.OWNERS);

  /**
   * @throws io.refdata.api.problem.Problem that names every invalid parameter
   */
  static ListParameters of(ItemType<?> type, String path, Parameters parameters) {
    return of(type, path, parameters, Filters.of(type, parameters, false));
  }

  /** The parameters of the members of a group, which are those of a day. */
  static ListParameters ofMembers(Code group, String path, Parameters parameters) {
    List<Condition> conditions = new ArrayList<>(Filters.of(Catalogue.REGIONS, parameters, true));
    conditions.add(new Condition.MemberOf(group, OnDay.of(parameters)));
    return of(Catalogue.REGIONS, path, parameters, conditions);
  }

  private static ListParameters of(
      ItemType<?> type, String path, Parameters parameters, List<Condition> conditions) {
    List<Order> order = order(type, parameters);
    Near near = Nearness.of(type, parameters).orElse(null);
    if (near != null && !order.isEmpty()) {
      parameters.fault("sort", "cannot be given with near, whose list begins with the nearest");
    }
    ItemFields fields =
        ItemFields.of(type, parameters, near == null ? List.of() : List.of(Near.DISTANCE));
    Optional<Integer> limit = parameters.limit(MAX_LIMIT);
    Optional<String> count = parameters.one("count");
    count
        .filter(kind -> !kind.equals("exact") && !kind.equals("estimated"))
        .ifPresent(kind -> parameters.fault("count", "must be exact or estimated"));
    AsOf.check(parameters);
    Optional<String> after = parameters.after();
    parameters.end();
    String identity = parameters.identity(path);
    return new ListParameters(
        type,
        conditions,
        order,
        near,
        fields,
        limit,
        after.map(cursor -> key(type, order, near, identity, cursor)).orElse(null),
        count.flatMap(ListParameters::counting).orElse(null),
        identity);
  }

  private static List<Order> order(ItemType<?> type, Parameters parameters) {
    List<Order> order = new ArrayList<>();
    for (String sort : parameters.one("sort").stream().toList()) {
      for (String by : sort.split(",", -1)) {
        boolean descending = by.startsWith("-");
        String name = descending ? by.substring(1) : by;
        Optional<Property> property =
            type.shown(name).filter(candidate -> !UNSORTED.contains(candidate.kind()));
        if (property.isEmpty()) {
          parameters.fault("sort", "'" + name + "' is no property to sort " + type + " by");
        } else if (order.stream().anyMatch(before -> before.property().equals(property.get()))) {
          parameters.fault("sort", "names '" + name + "' more than once");
        } else {
          order.add(new Order(property.get(), descending));
        }
      }
    }
    return order;
  }

  private static Optional<Counting> counting(String name) {
    return switch (name) {
      case "exact" -> Optional.of(Counting.EXACT);
      case "estimated" -> Optional.of(Counting.ESTIMATED);
      default -> Optional.empty();
    };
  }

  /** All items of the list, from the cursor on if there is one; or the codes of a code list. */
  ItemList all(@Nullable Code codeList, @Nullable Past past) {
    return list(codeList, limit.orElse(null), past);
  }

  /** A page of the list. */
  ItemList page(@Nullable Code codeList, @Nullable Past past) {
    return list(codeList, limit.orElse(DEFAULT_LIMIT), past);
  }

  private ItemList list(@Nullable Code codeList, @Nullable Integer maxItems, @Nullable Past past) {
    return new ItemList(
        type, codeList, conditions, order, after, maxItems, fields.expand(), past, near);
  }

  /** The same list with one more condition. */
  ListParameters and(Condition condition) {
    List<Condition> allConditions = new ArrayList<>(conditions);
    allConditions.add(condition);
    return new ListParameters(
        type, allConditions, order, near, fields, limit, after, counting, identity);
  }

  /** The cursor after an item of this list. */
  String cursor(ItemView last) {
    List<@Nullable String> key = new ArrayList<>();
    if (near != null) {
      key.add(Objects.toString(last.get(Near.DISTANCE)));
    }
    for (Property property : properties(type, order)) {
      Object value = last.get(property.name());
      if (value instanceof ItemView.Reference reference) {
        key.add(reference.code());
      } else if (value instanceof ItemView item) {
        key.add(item.code());
      } else {
        key.add(Objects.toString(value, null));
      }
    }
    return PageCursor.of(identity, key);
  }

  private static List<@Nullable Object> key(
      ItemType<?> type, List<Order> order, @Nullable Near near, String identity, String cursor) {
    if (near != null) {
      return Nearness.key(identity, cursor);
    }
    List<Property> properties = properties(type, order);
    List<@Nullable String> parts = PageCursor.parse(identity, properties.size(), cursor);
    List<@Nullable Object> key = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      Property property = properties.get(i);
      boolean required = property.required() || property.equals(type.code());
      if (part == null && required) {
        throw PageCursor.wrong();
      }
      key.add(part == null ? null : property.parse(part).orElseThrow(PageCursor::wrong));
    }
    return key;
  }

  private static List<Property> properties(ItemType<?> type, List<Order> order) {
    List<Property> properties = new ArrayList<>(order.stream().map(Order::property).toList());
    properties.add(type.code());
    return properties;
  }
}
