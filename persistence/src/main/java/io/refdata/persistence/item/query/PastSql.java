package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.util.stream.Collectors;

/**
 * The states that held at a revision, as SQL that can stand in place of the table of current items.
 * The cost of each form does not depend on the number of older states.
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
   * All states, to be filtered and sorted: one range of states, found by its index. "offset 0" is a
   * fence for the planner: without it, the planner reads the audit table in the requested order,
   * since it cannot know that the states of one time lie together.
   */
  static String list(ItemType<?> type, String revision) {
    return "(%s offset 0)".formatted(all(type, revision));
  }

  /** All states, to look up single ones. */
  static String all(ItemType<?> type, String revision) {
    return "(select a.* from %s a where int4range(a.rev, a.revend) @> %s and a.revtype <> 2)"
        .formatted(audit(type), revision);
  }

  /**
   * The states in the order of codes, computed only as far as they are read: for each item that
   * ever existed, its latest state at the revision, if that is not its deletion. The items are
   * sorted in a sub-select: otherwise the planner expects the same items many times, and stores the
   * result for each.
   */
  static String byCode(ItemType<?> type, String revision) {
    return states(
        type,
        "(select a.id, a.code from %s a where a.revtype = 0 and a.rev <= %s order by a.code)"
            .formatted(audit(type), revision),
        revision);
  }

  /** The states of the items in a table of ids and codes, in its order. */
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
   * True if the audit tables have an index of the items that ever had a value of a property: this
   * is so for references and for codes of a list.
   */
  static boolean indexed(Property property) {
    return property.kind() == Property.Kind.REFERENCE || property.list().isPresent();
  }

  /** True if a type's audit table has an index of the names that items ever had. */
  static boolean searched(ItemType<?> type) {
    return type.properties().stream().anyMatch(PastSql::indexed);
  }

  /**
   * The state of the item that a column identifies by its id or its code. The caller knows that it
   * exists.
   *
   * @param columns the columns to read; the fewer, the faster
   */
  static String one(
      ItemType<?> type, String columns, String column, String value, String revision) {
    return "(select %s from %s a where a.%s = %s and a.rev <= %s order by a.rev desc limit 1)"
        .formatted(columns, audit(type), column, value, revision);
  }

  /** The states of the given ids. */
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
