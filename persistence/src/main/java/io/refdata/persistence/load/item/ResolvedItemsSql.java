package io.refdata.persistence.load.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
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
        SqlText.of(
                """
                create temporary table new_id on commit drop as
                select r.code, nextval(pg_get_serial_sequence('<items>', 'id'))::integer as id
                  from <rows> r
                 where not exists (select from <items> e where e.code = r.code and <within>)
                """)
            .with("items", items.type().table())
            .with("rows", staging.rows())
            .with("within", items.within("e"))
            .text());
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
    List<String> own = new ArrayList<>(List.of("code", "version"));
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
    Code list = items.into().list();
    if (list != null) {
      columns.add(items.listId() + " as list_id");
    }
    columns.add(
        "case when e.code is null then %s end as version"
            .formatted(
                AuditRows.firstVersion(
                    type.table(), "r.code", list == null ? null : "'" + list + "'")));
    if (!items.references().isEmpty()) {
      columns.add("own.id");
      joins.append(" left join new_id own on own.code = r.code");
    }
    return "select " + String.join(", ", columns) + " from " + staging.rows() + " r" + joins;
  }

  private String column(Property property, StringBuilder joins) {
    String column = property.column();
    if (property.kind() == PropertyKind.REFERENCE) {
      return reference(property, joins);
    } else if (property == items.type().name()) {
      // If the file has no name, the item keeps its name, or its code becomes its name.
      return "coalesce(r.name, e.name, r.code)";
    } else if (property.kind() == PropertyKind.IDENTIFIERS && !items.schemes().isEmpty()) {
      return identifiers(column);
    }
    return property.kind() == PropertyKind.DAY ? "r." + column + "::date" : "r." + column;
  }

  private String reference(Property property, StringBuilder joins) {
    String column = property.column();
    boolean within = ItemStagingTable.isWithin(items.type(), property);
    String stored = "j_" + column;
    joins.append(
        SqlText.of(" left join <items> <stored> on <stored>.code = r.<reference> and <within>")
            .with("items", Catalogue.of(property.target()).table())
            .with("stored", stored)
            .with("reference", column)
            .with("within", within ? items.within(stored) : "true")
            .text());
    if (!within) {
      return stored + ".id";
    }
    String created = "n_" + column;
    joins.append(
        SqlText.of(" left join new_id <created> on <created>.code = r.<reference>")
            .with("created", created)
            .with("reference", column)
            .text());
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
    return SqlText.of(
            """
            (select string_agg(entry, ';' order by split_part(entry, ':', 1) collate "C")
               from (select entry
                       from unnest(string_to_array(e.<identifiers>, ';')) entry
                      where split_part(entry, ':', 1) not in (<schemes>)
                      union all
                     select unnest(string_to_array(r.<identifiers>, ';'))) entries(entry))\
            """)
        .with("identifiers", column)
        .with("schemes", schemes)
        .text();
  }
}
