package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Answers lists of facilities by going through all that the audit tables have on record. */
final class Oracle {
  private final List<Map<String, @Nullable Object>> facilities;
  private final List<Map<String, @Nullable Object>> regions;
  private final Map<Object, Object> codes = new HashMap<>();

  Oracle(Jdbi jdbi) {
    facilities = rows(jdbi, "ref.facility_aud");
    regions = rows(jdbi, "ref.region_aud");
    Stream.concat(regions.stream(), rows(jdbi, "ref.organization_aud").stream())
        .forEach(row -> codes.put(key(row), Objects.requireNonNull(row.get("code"))));
  }

  private static Object key(Map<String, @Nullable Object> row) {
    return row.get("table") + "/" + row.get("id");
  }

  private static List<Map<String, @Nullable Object>> rows(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle -> {
          List<Map<String, @Nullable Object>> rows = new ArrayList<>();
          handle
              .createQuery("select * from " + table + " order by id, rev")
              .mapToMap()
              .forEach(
                  row -> {
                    Map<String, @Nullable Object> copy = new HashMap<>(row);
                    copy.put("table", table);
                    rows.add(copy);
                  });
          return rows;
        });
  }

  /** The values of the order and the code of each facility in a list, without its limit. */
  List<List<@Nullable Object>> answer(ItemList list, int revision) {
    List<Map<String, @Nullable Object>> found =
        new ArrayList<>(
            states(facilities, revision).stream()
                .filter(
                    row ->
                        list.conditions().stream()
                            .allMatch(condition -> satisfies(row, condition, revision)))
                .toList());
    List<Order> order = ListOrder.of(list);
    found.sort(comparator(order));
    return found.stream()
        .map(
            row -> {
              List<@Nullable Object> key = new ArrayList<>();
              order.forEach(by -> key.add(value(row, by.property())));
              return key;
            })
        .toList();
  }

  private static List<Map<String, @Nullable Object>> states(
      List<Map<String, @Nullable Object>> rows, int revision) {
    Map<Object, Map<String, @Nullable Object>> latest = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> number(row, "rev") <= revision)
        .forEach(row -> latest.put(key(row), row));
    return latest.values().stream().filter(row -> number(row, "revtype") != 2).toList();
  }

  private static int number(Map<String, @Nullable Object> row, String column) {
    return ((Number) Objects.requireNonNull(row.get(column))).intValue();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Comparator<Map<String, @Nullable Object>> comparator(List<Order> order) {
    return (one, other) -> {
      for (Order by : order) {
        Comparable a = (Comparable) value(one, by.property());
        Comparable b = (Comparable) value(other, by.property());
        if (a == null || b == null) {
          if (a != b) {
            return a == null ? 1 : -1;
          }
        } else if (!a.equals(b)) {
          return by.descending() ? b.compareTo(a) : a.compareTo(b);
        }
      }
      return 0;
    };
  }

  private @Nullable Object value(Map<String, @Nullable Object> row, Property property) {
    Object value = row.get(property.column());
    if (value == null || property.kind() != PropertyKind.REFERENCE) {
      return value;
    }
    return codes.get(Catalogue.of(property.target()).table() + "_aud/" + value);
  }

  private boolean satisfies(Map<String, @Nullable Object> row, Condition condition, int revision) {
    if (condition instanceof Condition.AnyOf any) {
      String value = String.valueOf(value(row, any.property()));
      return any.values().stream()
          .anyMatch(
              wanted ->
                  any.property().kind() == PropertyKind.OWNERS
                      ? value.startsWith(wanted + ":")
                      : value.equals(wanted.toString()));
    } else if (condition instanceof Condition.Compares compares) {
      return compares(row, compares);
    } else if (condition instanceof Condition.NameContains contains) {
      return String.valueOf(row.get("name"))
          .toLowerCase(Locale.ROOT)
          .contains(contains.text().toLowerCase(Locale.ROOT));
    } else if (condition instanceof Condition.Within within) {
      return inside(within.region().value(), revision).contains(row.get("region_id"));
    }
    Condition.InBox box = (Condition.InBox) condition;
    Double latitude = (Double) row.get("latitude");
    Double longitude = (Double) row.get("longitude");
    return latitude != null
        && longitude != null
        && box.south() <= latitude
        && latitude <= box.north()
        && (box.west() <= box.east()
            ? box.west() <= longitude && longitude <= box.east()
            : box.west() <= longitude || longitude <= box.east());
  }

  private static boolean compares(Map<String, @Nullable Object> row, Condition.Compares compares) {
    Double value = (Double) row.get(compares.property().column());
    if (value == null) {
      return false;
    }
    int compared = value.compareTo((Double) compares.value());
    return switch (compares.operator()) {
      case EQ -> compared == 0;
      case NE -> compared != 0;
      case LT -> compared < 0;
      case LE -> compared <= 0;
      case GT -> compared > 0;
      case GE -> compared >= 0;
    };
  }

  private Set<@Nullable Object> inside(String region, int revision) {
    Set<@Nullable Object> inside = new HashSet<>();
    List<Map<String, @Nullable Object>> all = states(regions, revision);
    all.stream()
        .filter(row -> region.equals(row.get("code")))
        .forEach(row -> inside.add(row.get("id")));
    boolean more = !inside.isEmpty();
    while (more) {
      more = false;
      for (Map<String, @Nullable Object> row : all) {
        more |=
            row.get("parent_id") != null
                && inside.contains(row.get("parent_id"))
                && inside.add(row.get("id"));
      }
    }
    return inside;
  }
}
