package io.refdata.persistence.index.advice;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The facts about a table, beside its statistics, that advice needs.
 *
 * @param leaf the id of the table that has the rows; of a partitioned table, one of its partitions
 * @param root as SQL has it: the table that indexes belong to, with its schema
 * @param name the last part of it, without quotes
 * @param partitioned true if the rows are in partitions of the root
 * @param bytesOfRow what a row takes, with its entries in the indexes
 * @param rowsWritten rows written since PostgreSQL counts
 * @param rowsPerDay the same for a day
 */
record TableFacts(
    long leaf,
    String root,
    String name,
    boolean partitioned,
    double bytesOfRow,
    double rowsWritten,
    double rowsPerDay) {

  /** By the name of a table or a partition, with its schema, without quotes. */
  static Optional<TableFacts> of(Handle handle, String table) {
    int dot = table.indexOf('.');
    return handle
        .createQuery(
            """
            select c.oid as leaf, quote_ident(rs.nspname) || '.' || quote_ident(r.relname) as root, r.relname as name,
                   r.relkind = 'p' as partitioned, pg_total_relation_size(c.oid) / greatest(c.reltuples, 1) as bytes_of_row,
                   w.rows as rows_written,
                   w.rows / greatest(0.05, extract(epoch from now() - coalesce(
                       (select stats_reset from pg_stat_database where datname = current_database()),
                       pg_postmaster_start_time())) / 86400) as rows_per_day
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_class r on r.oid = coalesce(pg_partition_root(c.oid)::oid, c.oid)
              join pg_namespace rs on rs.oid = r.relnamespace
             cross join lateral (
                   select coalesce(sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del), 0) as rows
                     from pg_stat_user_tables s
                    where s.relid in (select relid from pg_partition_tree(r.oid) union select r.oid)) w
             where n.nspname = :schema and c.relname = :table and c.relkind = 'r'
               and n.nspname not in ('pg_catalog', 'information_schema')
            """)
        .bind("schema", table.substring(0, dot))
        .bind("table", table.substring(dot + 1))
        .map(
            (row, context) ->
                new TableFacts(
                    row.getLong("leaf"),
                    row.getString("root"),
                    row.getString("name"),
                    row.getBoolean("partitioned"),
                    row.getDouble("bytes_of_row"),
                    row.getDouble("rows_written"),
                    row.getDouble("rows_per_day")))
        .findOne();
  }
}
