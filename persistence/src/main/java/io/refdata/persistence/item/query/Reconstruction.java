package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds items as they were at a revision, from audit rows. There is one plain object for each
 * item, and no entity manager manages it, so no current data can get into it. An item that is not
 * read yet has neither code nor name, and code that asks for them fails.
 */
public final class Reconstruction {
  private final Handle handle;
  private final int revision;
  private final Map<ItemType<?>, Map<Integer, Item>> items = new HashMap<>();
  private Map<ItemType<?>, Set<Integer>> missing = new LinkedHashMap<>();

  public Reconstruction(Handle handle, int revision) {
    this.handle = handle;
    this.revision = revision;
  }

  /** The item in a row of {@link PastSql#columns}; the items it refers to are not read yet. */
  Item read(ItemType<?> type, ResultSet row) throws SQLException {
    int id = row.getInt(1);
    Item item = items(type).computeIfAbsent(id, key -> type.blank());
    missing.computeIfPresent(type, (key, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
    item.recordedAs(id, row.getInt(2));
    int column = 3;
    for (Property property : type.properties()) {
      property.set(item, value(property, row, column++));
    }
    return item;
  }

  private @Nullable Object value(Property property, ResultSet row, int column) throws SQLException {
    if (property.kind() != PropertyKind.REFERENCE) {
      return ItemColumns.value(property, row, column);
    }
    int id = row.getInt(column);
    return row.wasNull() ? null : reference(Catalogue.of(property.target()), id);
  }

  /** An item that is referred to; the next {@link #readReferenced} reads it. */
  public <E extends Item> E reference(ItemType<E> type, int id) {
    Item item =
        items(type)
            .computeIfAbsent(
                id,
                key -> {
                  missing.computeIfAbsent(type, none -> new LinkedHashSet<>()).add(id);
                  return type.blank();
                });
    return type.entity().cast(item);
  }

  /**
   * Reads the items that are referred to, and so on up to the given depth: one statement for each
   * type.
   */
  public void readReferenced(int depth) {
    for (int i = 0; i < depth && !missing.isEmpty(); i++) {
      Map<ItemType<?>, Set<Integer>> wanted = missing;
      missing = new LinkedHashMap<>();
      wanted.forEach(this::read);
    }
  }

  private void read(ItemType<?> type, Set<Integer> ids) {
    handle
        .createQuery(PastSql.byIds(type))
        .bindArray("ids", Integer.class, ids.toArray())
        .bind("revision", revision)
        .map((row, context) -> read(type, row))
        .forEach(item -> {});
  }

  private Map<Integer, Item> items(ItemType<?> type) {
    return items.computeIfAbsent(type, none -> new HashMap<>());
  }
}
