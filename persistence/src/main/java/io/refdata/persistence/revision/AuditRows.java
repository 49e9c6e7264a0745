package io.refdata.persistence.revision;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.sql.SqlText;
import java.util.stream.Collectors;

/**
 * The audit rows of items, as Envers writes them, for writers in plain SQL. A row is what an item
 * was from revision {@code rev} until before {@code revend}, which is null in the latest one; its
 * {@code revtype} is 0 for an item that was created, 1 for one that was changed, 2 for one that was
 * deleted.
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
   * Two common table expressions that write the audit rows of what another has written.
   *
   * @param written the name of the other; its columns are those of the table of the type, and
   *     {@code revtype}. The statement has the parameter {@code revision}
   */
  public static String of(ItemType<?> type, String written) {
    return SqlText.of(
            """
            ended as (
              update <audit> a
                 set revend = :revision
                from <written> w
               where w.revtype <> 0 and a.id = w.id and a.revend is null),
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
