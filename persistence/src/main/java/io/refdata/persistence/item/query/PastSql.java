package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.util.stream.Collectors;

/**
 * The states that held at a revision, as SQL that stands where the table of the current ones would.
 * What each form costs does not depend on how long the record is.
 */
final class PastSql {
  private PastSql() {}

  /** The audit table of a type. */
  static String audit(ItemType<?> type) {
    return type.table() + "_aud";
  }

  /** The id, the version and the properties, in the order in which {@link Reconstruction} reads. */
  static String columns(ItemType<?> type, String alias) {
    return "%1$s.id, %1$s.version, ".formatted(alias)
        + type.properties().stream()
            .map(property -> alias + "." + property.column())
            .collect(Collectors.joining(", "));
  }

  /**
   * All of them, to be filtered and sorted: one range of states, found by its index. The planner
   * may not look further: it would rather walk the record in the order that is asked for, since it
   * cannot know that the states of one time lie together.
   */
  static String list(ItemType<?> type, String revision) {
    return "(%s offset 0)".formatted(all(type, revision));
  }

  /** All of them, to be looked up in. */
  static String all(ItemType<?> type, String revision) {
    return "(select a.* from %s a where int4range(a.rev, a.revend) @> %s and a.revtype <> 2)"
        .formatted(audit(type), revision);
  }

  /**
   * The first of them by code, as many as are read: of each item that there ever was, its latest
   * state by then, if that is not its deletion. The items are sorted apart: else the planner thinks
   * that the same ones come again and again, and keeps what it finds for them.
   */
  static String byCode(ItemType<?> type, String revision) {
    return states(
        type,
        "(select a.id, a.code from %s a where a.revtype = 0 and a.rev <= %s order by a.code)"
            .formatted(audit(type), revision),
        revision);
  }

  /** Those of the items in a table of ids and codes, in its order. */
  static String states(ItemType<?> type, String items, String revision) {
    String others =
        type.properties().stream()
            .map(Property::column)
            .filter(column -> !column.equals("code"))
            .map(column -> "v." + column)
            .collect(Collectors.joining(", "));
    return """
    (select c.id, c.code, v.version, %3$s
       from %4$s c
      cross join lateral (
            select a.* from %1$s a where a.id = c.id and a.rev <= %2$s order by a.rev desc limit 1) v
      where v.revtype <> 2)\
    """
        .formatted(audit(type), revision, others, items);
  }

  /**
   * Whether the audit tables have an index of the items that ever had a value of a property: of
   * references and of codes of a list.
   */
  static boolean indexed(Property property) {
    return property.kind() == Property.Kind.REFERENCE || property.list().isPresent();
  }

  /** Whether a type's audit table has an index of the items that were ever called so. */
  static boolean searched(ItemType<?> type) {
    return type.properties().stream().anyMatch(PastSql::indexed);
  }

  /**
   * The one that a column, its id or its code, names; it is known to be there.
   *
   * @param columns which columns of it are read; the fewer, the faster
   */
  static String one(
      ItemType<?> type, String columns, String column, String value, String revision) {
    return "(select %s from %s a where a.%s = %s and a.rev <= %s order by a.rev desc limit 1)"
        .formatted(columns, audit(type), column, value, revision);
  }

  /** Those of the given ids. */
  static String byIds(ItemType<?> type) {
    return """
    select %2$s
      from unnest(:ids) as k(id)
     cross join lateral (
           select a.* from %1$s a where a.id = k.id and a.rev <= :revision order by a.rev desc limit 1) v
    """
        .formatted(audit(type), columns(type, "v"));
  }
}
