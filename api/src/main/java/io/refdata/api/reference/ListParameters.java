package io.refdata.api.reference;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.persistence.reference.Condition;
import io.refdata.persistence.reference.ItemList;
import io.refdata.persistence.reference.ItemList.Order;
import io.refdata.reference.Code;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import io.refdata.region.Region;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list, checked one by one; all faults at once. A parameter that is none is
 * refused, so a misspelt filter is never ignored.
 */
final class ListParameters {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private final ItemType<?> type;
  private final List<Problem.Error> errors = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Order> order = new ArrayList<>();
  private final StringBuilder identity;
  private @Nullable String after;
  private int limit = DEFAULT_LIMIT;

  private ListParameters(ItemType<?> type, String path) {
    this.type = type;
    this.identity = new StringBuilder(path);
  }

  static ListParameters parse(
      ItemType<?> type, String path, MultivaluedMap<String, String> parameters) {
    ListParameters list = new ListParameters(type, path);
    for (Map.Entry<String, List<String>> parameter : new TreeMap<>(parameters).entrySet()) {
      for (String value : parameter.getValue()) {
        list.read(parameter.getKey(), value);
      }
      if (!List.of("after", "limit").contains(parameter.getKey())) {
        list.identity.append('&').append(parameter.getKey()).append(parameter.getValue());
      }
    }
    if (!list.errors.isEmpty()) {
      throw Problem.invalid(list.errors);
    }
    return list;
  }

  /** What is asked for, of a code list its codes. */
  ItemList of(@Nullable Code codeList) {
    return new ItemList(
        type,
        codeList,
        conditions,
        order,
        after == null ? null : Cursor.parse(identity.toString(), key(), after),
        limit);
  }

  /** The cursor after an item of this list. */
  String cursor(Item last) {
    return Cursor.of(identity.toString(), key(), last);
  }

  private List<Property> key() {
    List<Property> key = new ArrayList<>(order.stream().map(Order::property).toList());
    key.add(type.code());
    return key;
  }

  private void read(String name, String value) {
    switch (name) {
      case "limit" -> limit(value);
      case "after" -> after = value;
      case AsOf.NAME -> AsOf.fault(value).ifPresent(detail -> fault(name, detail));
      case "sort" -> Arrays.stream(value.split(",", -1)).forEach(this::order);
      case "q" -> conditions.add(new Condition.NameContains(value));
      case "within" -> within(value);
      case "bbox" -> bbox(value);
      default ->
          type.property(name)
              .filter(property -> !ItemJson.hidden(property))
              .ifPresentOrElse(
                  property -> filter(property, value), () -> fault(name, "is no parameter here"));
    }
  }

  private void limit(String value) {
    if (value.matches("\\d{1,4}") && Integer.parseInt(value) >= 1) {
      limit = Integer.parseInt(value);
    }
    if (!value.equals(Integer.toString(limit)) || limit > MOST) {
      fault("limit", "must be a whole number from 1 to " + MOST);
    }
  }

  private void order(String by) {
    boolean descending = by.startsWith("-");
    String name = descending ? by.substring(1) : by;
    Optional<Property> property =
        type.property(name)
            .filter(sortable -> sortable.kind() != Property.Kind.REFERENCE)
            .filter(sortable -> !ItemJson.hidden(sortable));
    property.ifPresentOrElse(
        sortable -> order.add(new Order(sortable, descending)),
        () -> fault("sort", "'" + name + "' is no property to sort " + type + " by"));
  }

  private void filter(Property property, String value) {
    switch (property.kind()) {
      case NUMBER, INTEGER, DAY, YEAR_OR_DAY -> compare(property, value);
      default -> {
        List<Object> values = new ArrayList<>();
        for (String one : value.split(",", -1)) {
          property
              .parse(one)
              .ifPresentOrElse(
                  values::add,
                  () -> fault(property.name(), "'" + one + "' is not " + property.expectation()));
        }
        conditions.add(new Condition.AnyOf(property, values));
      }
    }
  }

  private void compare(Property property, String value) {
    int colon = value.indexOf(':');
    String operator = colon < 0 ? "eq" : value.substring(0, colon);
    Optional<Condition.Operator> known =
        Arrays.stream(Condition.Operator.values())
            .filter(candidate -> candidate.name().toLowerCase(Locale.ROOT).equals(operator))
            .findFirst();
    Optional<Object> bound = property.parse(value.substring(colon + 1));
    if (known.isEmpty()) {
      fault(property.name(), "'" + operator + "' is none of eq ne lt le gt ge");
    } else if (bound.isEmpty()) {
      fault(
          property.name(), "'" + value.substring(colon + 1) + "' is not " + property.expectation());
    } else {
      conditions.add(new Condition.Compares(property, known.get(), bound.get()));
    }
  }

  /** A list of regions is narrowed by where they lie, any other by its reference to a region. */
  private void within(String value) {
    Optional<Property> place = type.property(type.entity() == Region.class ? "parent" : "region");
    Optional<Code> region = Code.parse(value);
    if (place.isEmpty()) {
      fault("within", "is no parameter here");
    } else if (region.isEmpty()) {
      fault("within", "'" + value + "' is not a code");
    } else {
      conditions.add(new Condition.Within(place.get(), region.get()));
    }
  }

  private void bbox(String value) {
    if (type.property("latitude").isEmpty()) {
      fault("bbox", "is no parameter here");
      return;
    }
    try {
      double[] box = Arrays.stream(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (box.length == 4
          && Arrays.stream(box).allMatch(Double::isFinite)
          && Math.abs(box[0]) <= 180
          && Math.abs(box[2]) <= 180
          && -90 <= box[1]
          && box[1] <= box[3]
          && box[3] <= 90) {
        conditions.add(new Condition.InBox(box[0], box[1], box[2], box[3]));
        return;
      }
    } catch (NumberFormatException e) {
      // Falls through to the fault below, which says what is expected.
    }
    fault("bbox", "must be minLon,minLat,maxLon,maxLat in degrees");
  }

  private void fault(String parameter, String detail) {
    errors.add(Problem.Error.parameter(parameter, detail));
  }
}
