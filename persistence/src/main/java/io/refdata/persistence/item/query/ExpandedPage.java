package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * A page of current items with the items that they refer to, and those that refer to them. One
 * statement reads all, so it comes from one snapshot: rows of the page, then rows of each expanded
 * name. What many items refer to is read, sent and decoded once, and what refers to any of them is
 * found by one walk of an index (docs/lab/cold-reads.md).
 */
final class ExpandedPage {
  /** They depend only on the type and on the expanded names. */
  private static final Map<Key, ExpandedPage> ALL = new ConcurrentHashMap<>();

  private final List<PagePart> parts;
  private final List<int[]> places = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();

  private record Key(ItemType<?> type, Set<String> expand) {}

  private ExpandedPage(Key key) {
    parts = PageSelection.parts(key.type(), key.expand());
    List<String> types = PagePart.types(parts);
    for (PagePart part : parts) {
      places.add(part.places(types));
      queries.add(part.query(queries.size(), types));
    }
  }

  /**
   * Whether a list is such a page. A single item needs no rows of its own for what it refers to.
   */
  static boolean isFor(ItemList list) {
    return !list.expand().isEmpty()
        && list.limit() != null
        && !list.isSingle()
        && list.past() == null
        && list.near() == null;
  }

  /**
   * The items of a page, and one more if more come after them.
   *
   * @param name the name of the statement
   */
  static List<ItemView> read(ItemList list, String name, Connection connection) {
    return ALL.computeIfAbsent(new Key(list.type(), Set.copyOf(list.expand())), ExpandedPage::new)
        .items(list, name, connection);
  }

  private Sql query(ItemList list) {
    Sql sql = new Sql();
    sql.add("with page as materialized ");
    CurrentPage.add(sql, list);
    for (int i = 0; i < queries.size(); i++) {
      sql.add(i == 0 ? "\n(" : "\nunion all (").add(queries.get(i));
      sql.add(i == 0 ? "\n order by " + ListOrder.terms(sql, list) + ")" : ")");
    }
    return sql;
  }

  private List<ItemView> items(ItemList list, String name, Connection connection) {
    PageRow.Found found = new PageRow.Found(parts);
    List<@Nullable Object[]> page = new ArrayList<>();
    try (PreparedStatement statement = query(list).prepare(connection, name);
        ResultSet rows = Statements.query(name, statement)) {
      ItemRow row = ItemRow.of(rows);
      while (rows.next()) {
        int part = rows.getInt(1);
        @Nullable Object[] values = parts.get(part).values(row, places.get(part));
        if (part == 0) {
          page.add(values);
        } else {
          found.add(part, values);
        }
      }
      List<ItemView> items = new ArrayList<>();
      for (@Nullable Object[] values : page) {
        items.add(
            Objects.requireNonNull(parts.get(0).reader().read(new PageRow(values, found, null))));
      }
      return items;
    } catch (SQLException e) {
      throw new ResultSetException("Reading items", e, null);
    }
  }
}
