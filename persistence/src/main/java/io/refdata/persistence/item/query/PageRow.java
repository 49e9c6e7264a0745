package io.refdata.persistence.item.query;

import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Reference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of an {@link ExpandedPage}, kept until all are read.
 *
 * @param values the values of its columns
 * @param found the rows of what is expanded
 * @param parent the item of the page that it refers to; null for another row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageRow(@Nullable Object[] values, Found found, @Nullable Reference parent)
    implements ItemRow {

  @Override
  public @Nullable Object get(int column, PropertyKind kind) {
    return values[column - 1];
  }

  @Override
  public @Nullable Object @Nullable [] rows(int column) {
    throw new UnsupportedOperationException("A page has rows instead of arrays");
  }

  /** The rows of what is expanded in a page, by part and key. */
  static final class Found {
    private record Key(int part, @Nullable Object id) {}

    private final List<PagePart> parts;
    private final Map<Key, List<@Nullable Object[]>> rows = new HashMap<>();
    private final Map<Key, @Nullable ItemView> items = new HashMap<>();

    Found(List<PagePart> parts) {
      this.parts = parts;
    }

    void add(int part, @Nullable Object[] values) {
      rows.computeIfAbsent(new Key(part, values[0]), key -> new ArrayList<>()).add(values);
    }

    /** The item with an id; null if that is null. */
    @Nullable ItemView item(int part, @Nullable Object id) throws SQLException {
      Key key = new Key(part, id);
      ItemView item = items.get(key);
      List<@Nullable Object[]> row = rows.get(key);
      if (item == null && row != null) {
        item = parts.get(part).reader().read(new PageRow(row.get(0), this, null));
        items.put(key, item);
      }
      return item;
    }

    /** The items that refer to one with an id, in the order of their codes. */
    List<@Nullable ItemView> items(int part, @Nullable Object id, Reference parent)
        throws SQLException {
      List<@Nullable ItemView> found = new ArrayList<>();
      for (@Nullable Object[] values : rows.getOrDefault(new Key(part, id), List.of())) {
        found.add(parts.get(part).reader().read(new PageRow(values, this, parent)));
      }
      return found;
    }
  }
}
