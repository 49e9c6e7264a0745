package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.batch.Batch.Done;
import io.refdata.persistence.item.batch.Batch.Status;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Writes items of a set and their audit rows by one statement, the same rows that Envers would
 * write. An item that stays as it is gets neither a version nor an audit row.
 */
final class Merge {
  private final ItemSet set;
  private final StoredItems stored;
  private final List<Property> properties;

  Merge(ItemSet set, StoredItems stored) {
    this.set = set;
    this.stored = stored;
    this.properties =
        set.type().shown().stream().filter(property -> property != set.type().code()).toList();
  }

  /**
   * Writes the items in a revision.
   *
   * @param items at least one
   * @param created the codes of those that are new; they have ids already
   * @return what was done to those that were not left as they are
   */
  Map<Code, Done> write(Handle handle, List<DraftedItem> items, Set<Code> created, int revision) {
    Query query = handle.createQuery(sql()).bind("revision", revision);
    query.bindArray("code", String.class, codes(items));
    query.bindArray("id", Integer.class, newIds(items, created));
    columns(items)
        .forEach(
            (property, texts) ->
                query.bindArray(parameter(property), String.class, texts.toArray()));
    return query
        .map(
            (row, context) ->
                new Done(
                    new Code(row.getString(1)),
                    row.getInt(2) == 0 ? Status.CREATED : Status.UPDATED,
                    row.getInt(3)))
        .collectToMap(Done::code, done -> done);
  }

  private static Object[] codes(List<DraftedItem> items) {
    return items.stream().map(item -> item.operation().code().value()).toArray();
  }

  private Object[] newIds(List<DraftedItem> items, Set<Code> created) {
    return items.stream()
        .map(item -> item.operation().code())
        .map(code -> created.contains(code) ? stored.id(set, code).orElseThrow() : null)
        .toArray();
  }

  /** The texts of each property, one for each item. */
  private Map<Property, List<@Nullable String>> columns(List<DraftedItem> items) {
    Map<Property, List<@Nullable String>> columns = new LinkedHashMap<>();
    for (DraftedItem item : items) {
      item.texts(
          (property, text) ->
              columns
                  .computeIfAbsent(property, none -> new ArrayList<>())
                  .add(
                      property.kind() == PropertyKind.REFERENCE && text.isPresent()
                          ? Integer.toString(item.id(property, stored))
                          : text.orElse(null)));
    }
    return columns;
  }

  private static String parameter(Property property) {
    return "c_" + property.column();
  }

  private String sql() {
    String list =
        set.list() == null
            ? null
            : "(select l.id from %s l where l.code = '%s')"
                .formatted(Catalogue.CODE_LISTS.table(), set.list());
    List<String> columns = properties.stream().map(Property::column).toList();
    List<String> inserted = new ArrayList<>(List.of("id", "code", "version"));
    if (list != null) {
      inserted.add("list_id");
    }
    inserted.addAll(columns);
    return SqlText.of(
            """
            with given as (
              select g.code, g.id, <values>
                from unnest(cast(:code as text[]), cast(:id as integer[]), <arrays>) g(code, id, <columns>)),
            merged as (
              merge into <items> i
              using (select g.*<list>,
                            case when g.id is not null then <first_version> end as version
                       from given g) s
                 on i.code = s.code and <within>
               when matched and (<stored>) is distinct from (<given>) then
                    update set <assignments>, version = i.version + 1
               when not matched then
                    insert (<inserted>) values (<inserted_values>)
              returning case merge_action() when 'INSERT' then 0 else 1 end as revtype, i.*),
            <audit>
            select code, revtype, version from merged
            """)
        .with(
            "values",
            properties.stream()
                .map(
                    property ->
                        "cast(g.%s as %s) as %1$s".formatted(property.column(), sqlType(property)))
                .collect(Collectors.joining(", ")))
        .with(
            "arrays",
            properties.stream()
                .map(property -> "cast(:" + parameter(property) + " as text[])")
                .collect(Collectors.joining(", ")))
        .with("columns", String.join(", ", columns))
        .with("items", set.type().table())
        .with("list", list == null ? "" : ", " + list + " as list_id")
        .with(
            "first_version",
            AuditRows.firstVersion(
                set.type().table(), "g.code", set.list() == null ? null : "'" + set.list() + "'"))
        .with("within", list == null ? "true" : "i.list_id = " + list)
        .with("stored", prefixed("i.", columns))
        .with("given", prefixed("s.", columns))
        .with(
            "assignments",
            columns.stream()
                .map(column -> column + " = s." + column)
                .collect(Collectors.joining(", ")))
        .with("inserted", prefixed("", inserted))
        .with("inserted_values", prefixed("s.", inserted))
        .with("audit", AuditRows.of(set.type(), "merged"))
        .text();
  }

  private static String sqlType(Property property) {
    return property.kind() == PropertyKind.REFERENCE ? "integer" : property.kind().sqlType();
  }

  private static String prefixed(String prefix, List<String> columns) {
    return columns.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
  }
}
