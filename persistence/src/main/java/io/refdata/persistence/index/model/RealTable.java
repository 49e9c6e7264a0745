package io.refdata.persistence.index.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A table as the planner knows it. It is read from the catalogs; the table is not locked.
 *
 * @param names with their schemas, all names that stand for it in statements: of a partition, also
 *     those of the partitioned table and of the other partitions
 * @param pages the length of the table; of a very long one a share, and {@code rows} with it
 */
public record RealTable(
    String schema,
    String name,
    Set<String> names,
    List<Column> columns,
    List<RealIndex> indexes,
    long pages,
    double rows,
    long visiblePages) {
  public RealTable {
    names = Set.copyOf(names);
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
  }

  /**
   * A column.
   *
   * @param name as SQL has it
   * @param type as SQL has it, with its collation
   * @param width the bytes of a value, on average
   * @param distinct the number of distinct values; negative: their share of the rows
   */
  public record Column(String name, String type, int width, double distinct) {}

  /** A valid index. */
  public record RealIndex(
      String name, String form, boolean unique, boolean hasExpressions, long pages) {}

  /**
   * Reads a table.
   *
   * @param id of a table or a partition that has rows of its own
   * @param maxPages a longer table is read as one of this length, with rows in proportion
   * @return empty if it is gone or was never analyzed
   */
  public static Optional<RealTable> read(Handle handle, long id, long maxPages) {
    return handle
        .createQuery(
            """
            select n.nspname, c.relname, c.reltuples, c.relpages, c.relallvisible,
                   pg_relation_size(c.oid) / current_setting('block_size')::int as pages,
                   array(select s.nspname || '.' || t.relname
                           from pg_partition_tree(coalesce(pg_partition_root(c.oid), c.oid)) p
                           join pg_class t on t.oid = p.relid
                           join pg_namespace s on s.oid = t.relnamespace
                          union select n.nspname || '.' || c.relname) as names
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where c.oid = :id and c.relkind = 'r' and c.relpages > 0 and c.reltuples > 0
            """)
        .bind("id", id)
        .map((row, context) -> table(handle, id, row, maxPages))
        .findOne();
  }

  private static RealTable table(Handle handle, long id, ResultSet row, long maxPages)
      throws SQLException {
    long pages = row.getLong("pages");
    double scale = Math.min(1, (double) maxPages / pages);
    double density = row.getDouble("reltuples") / row.getLong("relpages");
    long scaled = Math.max(1, Math.round(pages * scale));
    return new RealTable(
        row.getString("nspname"),
        row.getString("relname"),
        Set.of((String[]) row.getArray("names").getArray()),
        columns(handle, id),
        indexes(handle, id, scale),
        scaled,
        Math.rint(density * scaled),
        Math.round(row.getLong("relallvisible") * scale));
  }

  private static List<Column> columns(Handle handle, long id) {
    return handle
        .createQuery(
            """
            select quote_ident(a.attname) as name,
                   format_type(a.atttypid, a.atttypmod)
                   || case when a.attcollation <> t.typcollation
                           then (select format(' collate %I.%I', n.nspname, l.collname)
                                   from pg_collation l join pg_namespace n on n.oid = l.collnamespace
                                  where l.oid = a.attcollation)
                           else '' end as type,
                   coalesce(s.avg_width, 8) as width, coalesce(s.n_distinct, -1) as n_distinct
              from pg_attribute a
              join pg_type t on t.oid = a.atttypid
              join pg_class c on c.oid = a.attrelid
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
                                  and not s.inherited
             where a.attrelid = :id and a.attnum > 0 and not a.attisdropped
             order by a.attnum
            """)
        .bind("id", id)
        .map(
            (row, context) ->
                new Column(
                    row.getString("name"),
                    row.getString("type"),
                    row.getInt("width"),
                    row.getDouble("n_distinct")))
        .list();
  }

  private static List<RealIndex> indexes(Handle handle, long id, double scale) {
    return handle
        .createQuery(
            """
            select c.relname, substr(d.text, strpos(d.text, ' USING ') + 1) as form, i.indisunique,
                   i.indexprs is not null as has_expressions,
                   pg_relation_size(c.oid) / current_setting('block_size')::int as pages
              from pg_index i
              join pg_class c on c.oid = i.indexrelid
             cross join lateral (select pg_get_indexdef(i.indexrelid) as text) d
             where i.indrelid = :id and i.indisvalid
             order by c.relname
            """)
        .bind("id", id)
        .map(
            (row, context) ->
                new RealIndex(
                    row.getString("relname"),
                    row.getString("form"),
                    row.getBoolean("indisunique"),
                    row.getBoolean("has_expressions"),
                    Math.round(row.getLong("pages") * scale)))
        .list();
  }
}
