package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * SQL that turns staged rows into rows of the item table: references become ids, texts of days
 * become days, and identifiers include those that stay. New items of the file already have ids, so
 * that they can refer to each other in any order.
 */
final class ResolvedItemsSql {
  private final StagingTables staging;
  private final ItemStagingTable items;

  ResolvedItemsSql(StagingTables staging, ItemStagingTable items) {
    this.staging = staging;
    this.items = items;
  }

  /** Takes ids for the new items, if other items of the file can refer to them. */
  void number(Handle handle) {
    if (items.references().isEmpty()) {
      return;
    }
    handle.execute(
        """
        create temporary table new_id on commit drop as
        select r.code, nextval(pg_get_serial_sequence('%1$s', 'id'))::integer as id
          from %2$s r
         where not exists (select from %1$s e where e.code = r.code and %3$s)
        """
            .formatted(items.type().table(), staging.rows(), items.within("e")));
    handle.execute("alter table new_id add primary key (code)");
    handle.execute("analyze new_id");
  }

  /** The columns that a stored item takes from the rows. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (Property property : items.properties()) {
      if (property != items.type().code()) {
        columns.add(property.column());
      }
    }
    if (!items.has(items.type().name())) {
      columns.add("name");
    }
    return columns;
  }

  /** The further columns of a new item. */
  List<String> own() {
    List<String> own = new ArrayList<>(List.of("code"));
    if (items.into().list() != null) {
      own.add("list_id");
    }
    if (!items.references().isEmpty()) {
      own.add("id");
    }
    return own;
  }

  /** The statement that selects the rows. */
  String sql() {
    ItemType<?> type = items.type();
    StringBuilder joins =
        new StringBuilder(
            " left join %s e on e.code = r.code and %s".formatted(type.table(), items.within("e")));
    List<String> columns = new ArrayList<>();
    for (Property property : items.properties()) {
      columns.add(column(property, joins) + " as " + property.column());
    }
    if (!items.has(type.name())) {
      columns.add("coalesce(e.name, r.code) as name");
    }
    if (items.into().list() != null) {
      columns.add(items.listId() + " as list_id");
    }
    if (!items.references().isEmpty()) {
      columns.add("own.id");
      joins.append(" left join new_id own on own.code = r.code");
    }
    return "select " + String.join(", ", columns) + " from " + staging.rows() + " r" + joins;
  }

  private String column(Property property, StringBuilder joins) {
    String column = property.column();
    if (property.kind() == Property.Kind.REFERENCE) {
      return reference(property, joins);
    } else if (property == items.type().name()) {
      // If the file has no name, the item keeps its name, or its code becomes its name.
      return "coalesce(r.name, e.name, r.code)";
    } else if (property.kind() == Property.Kind.IDENTIFIERS && !items.schemes().isEmpty()) {
      return identifiers(column);
    }
    return property.kind() == Property.Kind.DAY ? "r." + column + "::date" : "r." + column;
  }

  private String reference(Property property, StringBuilder joins) {
    String column = property.column();
    boolean within = ItemStagingTable.isWithin(items.type(), property);
    String stored = "j_" + column;
    joins.append(
        " left join %s %s on %2$s.code = r.%s and %s"
            .formatted(
                Catalogue.of(property.target()).table(),
                stored,
                column,
                within ? items.within(stored) : "true"));
    if (!within) {
      return stored + ".id";
    }
    String created = "n_" + column;
    joins.append(" left join new_id %s on %1$s.code = r.%s".formatted(created, column));
    return "coalesce(%s.id, %s.id)".formatted(stored, created);
  }

  /**
   * The identifiers of the file's schemes from the file, and the item's other identifiers, sorted
   * by scheme.
   */
  private String identifiers(String column) {
    String schemes =
        items.schemes().stream()
            .map(scheme -> "'" + scheme + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    return """
    (select string_agg(entry, ';' order by split_part(entry, ':', 1) collate "C")
       from (select entry
               from unnest(string_to_array(e.%1$s, ';')) entry
              where split_part(entry, ':', 1) not in (%2$s)
              union all
             select unnest(string_to_array(r.%1$s, ';'))) entries(entry))\
    """
        .formatted(column, schemes);
  }
}
