package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
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
          .createQuery(
              """
              with created as (%s returning 0 as revtype, *),
              %s
              select count(*) from created
              """
                  .formatted(insert(type), AuditRows.of(type, "created")))
          .bind("revision", revision)
          .bind("collection", type.collection())
          .mapTo(Long.class)
          .one();
    }
  }

  private String insert(ItemType<?> type) {
    return type == Catalogue.CODES
        ? SqlText.of(
                """
                insert into ref.code (list_id, code, name, version)
                select l.id, n.code, n.name, <first_version>
                  from <missing_items> n
                  join ref.code_list l on l.code = n.list
                 where n.collection = :collection
                on conflict do nothing\
                """)
            .with("first_version", AuditRows.firstVersion(type.table(), "n.code", "n.list"))
            .with("missing_items", table)
            .text()
        : SqlText.of(
                """
                insert into <items> (code, name, version<given_columns>)
                select n.code, n.name, <first_version><given_values>
                  from <missing_items> n
                 where n.collection = :collection
                on conflict do nothing\
                """)
            .with("first_version", AuditRows.firstVersion(type.table(), "n.code", null))
            .with("items", type.table())
            .with("given_columns", given(type, Property::column))
            .with(
                "given_values",
                given(type, property -> "'" + property.valueWhenCreated().orElseThrow() + "'"))
            .with("missing_items", table)
            .text();
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
                SqlText.of(
                        """
                        select min(n.code)
                          from <missing_items> n
                          join <items> i on i.code = n.code
                         where n.collection = :collection and n.by_name and i.name <> n.name
                           and <same_list>
                        """)
                    .with("missing_items", table)
                    .with("items", type.table())
                    .with(
                        "same_list",
                        type == Catalogue.CODES
                            ? "i.list_id = (select id from ref.code_list where code = n.list)"
                            : "true")
                    .text())
            .bind("collection", type.collection())
            .mapTo(String.class)
            .findOne()
            .orElse(null);
    if (taken != null) {
      throw StagingLost.changed("The code " + taken + " was given to another of the " + type);
    }
  }
}
