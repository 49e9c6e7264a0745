package io.refdata.persistence.maintenance;

import io.refdata.persistence.index.model.IndexSize;
import io.refdata.persistence.index.model.RealTable.Column;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The bloat of each B-tree: its pages beyond those that it would have if it were built now. These
 * are estimated from its number of entries and the statistics of its columns ({@link IndexSize}),
 * so the index itself is not read. Partitions have indexes of their own. An index without
 * statistics is left out.
 */
@Dependent
public class BloatedIndexes {
  /** The statistics of columns are slow to find, so only those of long indexes are looked for. */
  private static final String INDEXES =
      """
      with tables as materialized (
        select table_id from performance_monitoring.table_upkeep
         where not is_partitioned and has_table_privilege(table_id, 'MAINTAIN')),
      long_index as materialized (
        select i.indexrelid, i.indrelid, i.indkey, i.indnatts, c.relname, c.reltuples, n.nspname,
               t.relname as table_relname, tn.nspname as table_nspname,
               quote_ident(n.nspname) || '.' || quote_ident(c.relname) as index,
               pg_relation_size(c.oid) as bytes
          from pg_index i
          join pg_class c on c.oid = i.indexrelid and c.relkind = 'i' and c.reltuples >= 0
          join pg_am m on m.oid = c.relam and m.amname = 'btree'
          join pg_namespace n on n.oid = c.relnamespace
          join pg_class t on t.oid = i.indrelid
          join pg_namespace tn on tn.oid = t.relnamespace
         where i.indisvalid and not i.indisexclusion
           and i.indrelid in (select table_id from tables)
           and pg_relation_size(c.oid) >= :bytes)
      select i.index, quote_ident(i.table_nspname) || '.' || quote_ident(i.table_relname) as table_name,
             i.bytes, i.reltuples as entries, current_setting('block_size')::integer as page, s.widths, s.distincts
        from long_index i
       cross join lateral (
             select array_agg(p.avg_width order by a.attnum) as widths,
                    array_agg(p.n_distinct::double precision order by a.attnum) as distincts,
                    count(p.avg_width) as known
               from pg_attribute a
               left join pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[a.attnum - 1]
               left join lateral (
                    select p.avg_width, p.n_distinct
                      from pg_stats p
                     where p.schemaname = case when ta.attnum > 0 then i.table_nspname else i.nspname end
                       and p.tablename = case when ta.attnum > 0 then i.table_relname else i.relname end
                       and p.attname = case when ta.attnum > 0 then ta.attname else a.attname end
                       and not p.inherited) p on true
              where a.attrelid = i.indexrelid) s
       where s.known = i.indnatts
         and not exists (select from performance_monitoring.optimization_log l
                          where l.task = 'REINDEX' and l.outcome = 'DONE' and l.subject = i.index
                            and l.at > now() - make_interval(secs => :pause))
      """;

  private final Jdbi jdbi;

  @Inject
  public BloatedIndexes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An index.
   *
   * @param name in SQL, with its schema, as that of its table
   * @param neededBytes an estimate
   */
  record Bloated(String name, String table, long bytes, long neededBytes) {
    double bloatShare() {
      return Math.max(0, 1 - (double) neededBytes / bytes);
    }
  }

  /**
   * Those that need a rebuild, with the most bloat first.
   *
   * @param share the least share of bloat
   * @param bytes the least length
   * @param pause those that were rebuilt within this time are left out
   */
  List<Bloated> needed(double share, long bytes, Duration pause) {
    return jdbi
        .withHandle(
            handle ->
                handle
                    .createQuery(INDEXES)
                    .bind("bytes", Math.max(1, bytes))
                    .bind("pause", pause.toSeconds())
                    .map((row, context) -> read(row))
                    .list())
        .stream()
        .filter(index -> index.bloatShare() >= share)
        .sorted(Comparator.comparing(index -> index.neededBytes() - index.bytes()))
        .toList();
  }

  private static Bloated read(ResultSet row) throws SQLException {
    Integer[] widths = (Integer[]) row.getArray("widths").getArray();
    Double[] distincts = (Double[]) row.getArray("distincts").getArray();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      columns.add(new Column("", "", widths[i], distincts[i]));
    }
    long pages = IndexSize.pages(columns, Math.max(1, row.getDouble("entries")));
    return new Bloated(
        row.getString("index"),
        row.getString("table_name"),
        row.getLong("bytes"),
        pages * row.getInt("page"));
  }
}
