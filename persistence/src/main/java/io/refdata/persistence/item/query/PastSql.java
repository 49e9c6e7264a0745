package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.stream.Collectors;

/**
 * The states that held at a revision, as SQL that can stand in place of the table of current items.
 * The cost of each form does not depend on the number of older states.
 */
final class PastSql {
  private PastSql() {}

  /** The id, the version and the properties, in the order in which {@link Reconstruction} reads. */
  static String columns(ItemType<?> type, String alias) {
    return SqlText.of("<alias>.id, <alias>.version, ").with("alias", alias).text()
        + type.properties().stream()
            .map(property -> alias + "." + property.column())
            .collect(Collectors.joining(", "));
  }

  /**
   * All states, to be filtered and sorted: those that had ended since, found by their range, and
   * those that last. "offset 0" is a fence for the planner: without it, the planner reads the audit
   * table in the requested order, since it cannot know that the states of one time lie together.
   */
  static String list(ItemType<?> type, String revision) {
    return SqlText.of(
            """
            (select a.* from <audit> a
              where int4range(a.rev, a.revend) @> <revision> and a.revtype <> 2 and a.revend is not null
              union all
             select a.* from <audit> a
              where a.revend is null and a.rev <= <revision> and a.revtype <> 2
             offset 0)\
            """)
        .with("audit", AuditRows.table(type))
        .with("revision", revision)
        .text();
  }

  /** All states, to look up single ones. */
  static String all(ItemType<?> type, String revision) {
    return SqlText.of(
            "(select a.* from <audit> a where a.rev <= <revision> and a.revtype <> 2"
                + " and (a.revend is null or a.revend > <revision>))")
        .with("audit", AuditRows.table(type))
        .with("revision", revision)
        .text();
  }

  /**
   * The id of the item that has a code, which is not one of a code list. At a past revision it may
   * be that of an item that is deleted: no item refers to it then.
   */
  static String id(Sql sql, ItemType<?> type, Object code) {
    return sql.isPast()
        ? SqlText.of(
                "(select r.id from <audit> r where r.code = <code> and r.rev <= <revision>"
                    + " and r.revtype <> 2 order by r.rev desc limit 1)")
            .with("audit", AuditRows.table(type))
            .with("code", sql.bind(code))
            .with("revision", sql.revision())
            .text()
        : SqlText.of("(select r.id from <items> r where r.code = <code>)")
            .with("items", type.table())
            .with("code", sql.bind(code))
            .text();
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
            .formatted(AuditRows.table(type), revision),
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
    return SqlText.of(
            """
            (select c.id, c.code, v.version, <columns>
               from <items> c
              cross join lateral (
                    select a.* from <audit> a where a.id = c.id and a.rev <= <revision>
                     order by a.rev desc limit 1) v
              where v.revtype <> 2)\
            """)
        .with("audit", AuditRows.table(type))
        .with("revision", revision)
        .with("columns", others)
        .with("items", items)
        .text();
  }

  /**
   * The state of the item that a column identifies by its id or its code. The caller knows that it
   * exists.
   *
   * @param columns the columns to read; the fewer, the faster
   */
  static String one(
      ItemType<?> type, String columns, String column, String value, String revision) {
    return SqlText.of(
            "(select <columns> from <audit> a where a.<column> = <value> and a.rev <= <revision>"
                + " order by a.rev desc limit 1)")
        .with("columns", columns)
        .with("audit", AuditRows.table(type))
        .with("column", column)
        .with("value", value)
        .with("revision", revision)
        .text();
  }

  /** The states of the given ids. */
  static String byIds(ItemType<?> type) {
    return SqlText.of(
            """
            select <columns>
              from unnest(:ids) as k(id)
             cross join lateral (
                   select a.* from <audit> a where a.id = k.id and a.rev <= :revision
                    order by a.rev desc limit 1) v
            """)
        .with("audit", AuditRows.table(type))
        .with("columns", columns(type, "v"))
        .text();
  }
}
