package io.refdata.persistence.revision;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.sql.SqlText;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The audit rows of items, as Envers writes them, for writers in plain SQL. A row is what an item
 * was from revision {@code rev} until before {@code revend}, which is null in the latest one, and
 * is set by a trigger when the next one is written; its {@code revtype} is 0 for an item that was
 * created, 1 for one that was changed, 2 for one that was deleted.
 */
public final class AuditRows {
  private AuditRows() {}

  /**
   * The audit table of a table.
   *
   * @param table with its schema
   */
  public static String table(String table) {
    return table + "_aud";
  }

  /** The audit table of the items of a type. */
  public static String table(ItemType<?> type) {
    return table(type.table());
  }

  /**
   * SQL for the version that a new item begins with: after those of items that had its code before.
   *
   * @param code SQL for its code
   * @param list SQL for the code of its code list; null if it is not in one
   */
  public static String firstVersion(String table, String code, @Nullable String list) {
    return SqlText.of(
            "coalesce((select max(a.version) + 1 from <audit> a where a.code = <code><in_list>),"
                + " 0)")
        .with("audit", table(table))
        .with("code", code)
        .with(
            "in_list",
            list == null
                ? ""
                : " and a.list_id in (select l.id from ref.code_list_aud l where l.code = %s)"
                    .formatted(list))
        .text();
  }

  /** The version that a new item begins with. */
  public static int firstVersion(Handle handle, String table, Code code, @Nullable Code list) {
    Query query =
        handle
            .createQuery("select " + firstVersion(table, ":code", list == null ? null : ":list"))
            .bind("code", code.value());
    if (list != null) {
      query.bind("list", list.value());
    }
    return query.mapTo(Integer.class).one();
  }

  /**
   * A common table expression that writes the audit rows of what another has written.
   *
   * @param written the name of the other; its columns are those of the table of the type, and
   *     {@code revtype}. The statement has the parameter {@code revision}
   */
  public static String of(ItemType<?> type, String written) {
    return SqlText.of(
            """
            recorded as (
              insert into <audit> (id, rev, revtype, version, <columns>)
              select id, :revision, revtype, version, <columns> from <written>)\
            """)
        .with("audit", table(type))
        .with("written", written)
        .with(
            "columns",
            type.properties().stream().map(Property::column).collect(Collectors.joining(", ")))
        .text();
  }
}
