package io.refdata.persistence.item.query;

import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.query.ItemSelection.ItemReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind in the statement of an {@link ExpandedPage}. The first column of all parts
 * but the page itself is the id by which an item of the page finds a row.
 *
 * @param columns its columns as SQL
 * @param kinds their kinds
 * @param from what stands after the columns
 * @param reader reads the item of a row
 */
record PagePart(List<String> columns, List<PropertyKind> kinds, String from, ItemReader reader) {

  static PagePart of(ItemSelection item, String from, ItemReader reader) {
    return new PagePart(List.copyOf(item.expressions()), List.copyOf(item.kinds()), from, reader);
  }

  /**
   * The columns of the rows of all parts together: as many of each type of the database as the part
   * that has most of it, after the number of the part.
   */
  static List<String> types(List<PagePart> parts) {
    Map<String, Integer> most = new TreeMap<>();
    for (PagePart part : parts) {
      Map<String, Integer> counts = new HashMap<>();
      part.kinds.forEach(kind -> counts.merge(kind.sqlType(), 1, Integer::sum));
      counts.forEach((type, count) -> most.merge(type, count, Math::max));
    }
    List<String> types = new ArrayList<>();
    most.forEach((type, count) -> types.addAll(Collections.nCopies(count, type)));
    return types;
  }

  /** The places of its columns among the columns of all parts, from 0 on. */
  int[] places(List<String> types) {
    Map<String, Integer> next = new HashMap<>();
    return kinds.stream()
        .map(PropertyKind::sqlType)
        .mapToInt(type -> types.indexOf(type) + next.merge(type, 1, Integer::sum) - 1)
        .toArray();
  }

  /** The part as a query for its number and the columns of all parts. */
  String query(int number, List<String> types) {
    List<String> all = new ArrayList<>();
    types.forEach(type -> all.add("null::" + type));
    int[] places = places(types);
    for (int i = 0; i < places.length; i++) {
      // Owners come as JSON.
      String cast = kinds.get(i) == PropertyKind.OWNERS ? "::text" : "";
      all.set(places[i], columns.get(i) + cast);
    }
    return "select " + number + ", " + String.join(", ", all) + from;
  }

  /** The values of a row. */
  @Nullable Object[] values(ItemRow row, int[] places) throws SQLException {
    @Nullable Object[] values = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = row.get(places[i] + 2, kinds.get(i));
    }
    return values;
  }
}
