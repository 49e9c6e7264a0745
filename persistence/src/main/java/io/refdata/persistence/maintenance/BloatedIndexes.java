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
 * How much of each B-tree is bloat: its pages beyond those that it would have if it were built now.
 * These are estimated from its number of entries and the statistics of its columns ({@link
 * IndexSize}), so the index itself is not read. Partitions have indexes of their own. An index
 * without statistics is left out.
 */
@Dependent
public class BloatedIndexes {
  private static final String INDEXES =
      """
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as index,
             quote_ident(tn.nspname) || '.' || quote_ident(t.relname) as table_name,
             pg_relation_size(c.oid) as bytes, c.reltuples as entries,
             current_setting('block_size')::integer as page, s.widths, s.distincts
        from pg_index i
        join pg_class c on c.oid = i.indexrelid and c.relkind = 'i' and c.reltuples >= 0
        join pg_am m on m.oid = c.relam and m.amname = 'btree'
        join pg_namespace n on n.oid = c.relnamespace
        join pg_class t on t.oid = i.indrelid
        join pg_namespace tn on tn.oid = t.relnamespace
       cross join lateral (
             select array_agg(p.avg_width order by a.attnum) as widths,
                    array_agg(p.n_distinct::double precision order by a.attnum) as distincts,
                    count(p.avg_width) as known
               from pg_attribute a
               left join pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[a.attnum - 1]
               left join pg_stats p on not p.inherited
                    and case when ta.attnum > 0
                             then p.schemaname = tn.nspname and p.tablename = t.relname and p.attname = ta.attname
                             else p.schemaname = n.nspname and p.tablename = c.relname and p.attname = a.attname end
              where a.attrelid = i.indexrelid) s
       where i.indisvalid and not i.indisexclusion and s.known = i.indnatts
         and t.oid in (select table_id from performance_monitoring.table_upkeep)
         and has_table_privilege(t.oid, 'MAINTAIN') and pg_has_role(c.relowner, 'USAGE')
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
                    .createQuery(
                        INDEXES
                            + """
                               and pg_relation_size(c.oid) >= :bytes
                               and not exists (
                                     select from performance_monitoring.optimization_log l
                                      where l.task = 'REINDEX' and l.outcome = 'DONE'
                                        and l.subject = quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                                        and l.at > now() - make_interval(secs => :pause))
                            """)
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
