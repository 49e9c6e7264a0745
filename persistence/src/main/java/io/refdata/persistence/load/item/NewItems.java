package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.load.staging.StagingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Creates the items that are missing in the database, if the layout of a load says so. */
public final class NewItems {
  private final Handle handle;
  private final String table;

  public NewItems(Handle handle, StagingTables staging) {
    this(handle, staging.items());
  }

  /**
   * @param table the table of the missing items, in the form of {@link StagingTables#items}
   */
  public NewItems(Handle handle, String table) {
    this.handle = handle;
    this.table = table;
  }

  /** The collections of the missing items. */
  public List<ItemType<?>> types() {
    List<String> names =
        handle.createQuery("select distinct collection from " + table).mapTo(String.class).list();
    List<ItemType<?>> types = new ArrayList<>(Catalogue.all());
    types.removeIf(type -> !names.contains(type.collection()));
    return types;
  }

  /** Creates the missing items, in a revision of the reference data. */
  public void create(int revision) {
    for (ItemType<?> type : types()) {
      requireCreatable(type);
      requireSameNames(type);
      handle
          .createUpdate(
              """
              with created as (%s returning *)
              insert into %s_aud (id, rev, revtype, version, %s)
              select id, :revision, 0, version, %3$s from created
              """
                  .formatted(insert(type), type.table(), columns(type)))
          .bind("revision", revision)
          .bind("collection", type.collection())
          .execute();
    }
  }

  private String insert(ItemType<?> type) {
    return type == Catalogue.CODES
        ? """
        insert into ref.code (list_id, code, name)
        select l.id, n.code, n.name
          from %s n
          join ref.code_list l on l.code = n.list
         where n.collection = :collection
        on conflict do nothing\
        """
            .formatted(table)
        : "insert into %s (code, name%s) select code, name%s from %s where collection = :collection on conflict do nothing"
            .formatted(
                type.table(),
                given(type, Property::column),
                given(type, property -> "'" + property.valueWhenCreated().orElseThrow() + "'"),
                table);
  }

  private static String given(ItemType<?> type, Function<Property, String> expression) {
    return type.properties().stream()
        .filter(property -> property.valueWhenCreated().isPresent())
        .map(property -> ", " + expression.apply(property))
        .collect(Collectors.joining());
  }

  private static void requireCreatable(ItemType<?> type) {
    if (!type.requiredToCreate().isEmpty()) {
      throw new InvalidLoad(
          "Unknown %s cannot be created without %s."
              .formatted(
                  type,
                  type.requiredToCreate().stream()
                      .map(Property::name)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** A code that was made from a name must not belong to an item of another name by now. */
  private void requireSameNames(ItemType<?> type) {
    String taken =
        handle
            .createQuery(
                """
                select min(n.code)
                  from %s n
                  join %s i on i.code = n.code
                 where n.collection = :collection and n.by_name and i.name <> n.name
                   and %s
                """
                    .formatted(
                        table,
                        type.table(),
                        type == Catalogue.CODES
                            ? "i.list_id = (select id from ref.code_list where code = n.list)"
                            : "true"))
            .bind("collection", type.collection())
            .mapTo(String.class)
            .findOne()
            .orElse(null);
    if (taken != null) {
      throw new InvalidLoad(
          "The code "
              + taken
              + " was given to another of the "
              + type
              + " while the load was staged. Restart it.");
    }
  }

  static String columns(ItemType<?> type) {
    return type.properties().stream().map(Property::column).collect(Collectors.joining(", "));
  }
}
