package io.refdata.persistence.index.advice;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The foreign keys whose columns no index begins with. */
final class ForeignKeys {
  private ForeignKeys() {}

  /**
   * A foreign key without an index.
   *
   * @param name of the constraint
   * @param table that refers to the other one, with its schema, without quotes
   * @param referenced the other one
   * @param columns as SQL has them
   * @param changes rows of the other table that were deleted or updated
   */
  record ForeignKey(
      String name, String table, String referenced, List<String> columns, long changes) {
    /** The statement by which PostgreSQL checks that a row is not referenced any more. */
    LiveStatement check() {
      StringBuilder sql =
          new StringBuilder("select 1 from only ").append(table).append(" x where ");
      for (int i = 0; i < columns.size(); i++) {
        sql.append(i == 0 ? "" : " and ").append(columns.get(i)).append(" = $").append(i + 1);
      }
      return new LiveStatement(
          0, sql.append(" for key share of x").toString(), Math.max(1, changes), 0);
    }
  }

  static List<ForeignKey> withoutIndex(Handle handle) {
    return handle
        .createQuery(
            """
            select k.conname, n.nspname || '.' || c.relname as table_name, k.confrelid::regclass::text as referenced,
                   array(select quote_ident(a.attname)
                           from unnest(k.conkey) with ordinality as key (number, place)
                           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number
                          order by key.place) as columns,
                   coalesce(s.n_tup_del + s.n_tup_upd, 0) as changes
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid and c.relkind = 'r'
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_stat_all_tables s on s.relid = k.confrelid
             where k.contype = 'f' and k.conparentid = 0
               and not exists (select from pg_index i
                                where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
                                  and performance_monitoring.begins_with(i.indkey, k.conkey))
             order by k.conname
            """)
        .map(
            (row, context) ->
                new ForeignKey(
                    row.getString("conname"),
                    row.getString("table_name"),
                    row.getString("referenced"),
                    List.of((String[]) row.getArray("columns").getArray()),
                    row.getLong("changes")))
        .list();
  }
}
