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
 * The staged rows as rows of their table: the ids of what they refer to in place of codes, days as
 * days, and of identifiers also those that stay. Items of the file that are not on file yet have
 * their ids already, so that they can refer to each other in whatever order they stand.
 */
final class ResolvedItemsSql {
  private final StagingTables staging;
  private final ItemStagingTable items;

  ResolvedItemsSql(StagingTables staging, ItemStagingTable items) {
    this.staging = staging;
    this.items = items;
  }

  /** Draws the ids of what is new, if anything can refer to it. */
  void number(Handle handle) {
    if (items.references().isEmpty()) {
      return;
    }
    handle.execute(
        """
        create temporary table fresh on commit drop as
        select r.code, nextval(pg_get_serial_sequence('%1$s', 'id'))::integer as id
          from %2$s r
         where not exists (select from %1$s e where e.code = r.code and %3$s)
        """
            .formatted(items.type().table(), staging.rows(), items.within("e")));
    handle.execute("alter table fresh add primary key (code)");
    handle.execute("analyze fresh");
  }

  /** The columns that an item on file takes from the rows. */
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

  /** The columns that a new item has besides. */
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

  /** The rows. */
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
      joins.append(" left join fresh own on own.code = r.code");
    }
    return "select " + String.join(", ", columns) + " from " + staging.rows() + " r" + joins;
  }

  private String column(Property property, StringBuilder joins) {
    String column = property.column();
    if (property.kind() == Property.Kind.REFERENCE) {
      return reference(property, joins);
    } else if (property == items.type().name()) {
      // A file may lack a name: the item keeps the one it has, or is called by its code.
      return "coalesce(r.name, e.name, r.code)";
    } else if (property.kind() == Property.Kind.IDENTIFIERS && !items.schemes().isEmpty()) {
      return identifiers(column);
    }
    return property.kind() == Property.Kind.DAY ? "r." + column + "::date" : "r." + column;
  }

  private String reference(Property property, StringBuilder joins) {
    String column = property.column();
    boolean within = ItemStagingTable.isWithin(items.type(), property);
    String known = "j_" + column;
    joins.append(
        " left join %s %s on %2$s.code = r.%s and %s"
            .formatted(
                Catalogue.of(property.target()).table(),
                known,
                column,
                within ? items.within(known) : "true"));
    if (!within) {
      return known + ".id";
    }
    String fresh = "f_" + column;
    joins.append(" left join fresh %s on %1$s.code = r.%s".formatted(fresh, column));
    return "coalesce(%s.id, %s.id)".formatted(known, fresh);
  }

  /** Those of the file's schemes as the file has them, and the item's others, by scheme. */
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
