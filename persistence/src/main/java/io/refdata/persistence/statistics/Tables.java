package io.refdata.persistence.statistics;

import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The tables of the database and its size. */
@Dependent
public class Tables {
  private static final Logger LOG = Logger.getLogger(Tables.class);

  private static final SqlText LIST =
      SqlText.of(
          """
          select t.schema, t.<name> as name, max(d.code) as dataset, count(*)::integer as partitions,
                 sum(t.rows)::bigint as rows, sum(t.table_bytes)::bigint as table_bytes,
                 sum(t.index_bytes)::bigint as index_bytes, sum(t.toast_bytes)::bigint as toast_bytes,
                 sum(t.bloat_bytes)::bigint as bloat_bytes, sum(t.sequential_scans)::bigint as sequential_scans,
                 sum(t.index_scans)::bigint as index_scans,
                 sum(t.index_scans)::double precision / nullif(sum(t.index_scans + t.sequential_scans), 0) as index_scan_share,
                 sum(t.dead_rows)::bigint as dead_rows,
                 max(t.last_analyze) as last_analyze, max(t.last_autoanalyze) as last_autoanalyze,
                 max(t.last_vacuum) as last_vacuum, max(t.last_autovacuum) as last_autovacuum,
                 performance_monitoring.growth_per_day(
                   t.schema || '.' || t.<name>, sum(t.table_bytes + t.index_bytes + t.toast_bytes)::bigint) as growth_per_day
            from performance_monitoring.table_statistics t
            left join curated.partition p on t.schema = 'curated' and p.leaf = t.name
            left join curated.dataset d on d.id = p.dataset_id
           where t.table_bytes is not null
           group by t.schema, t.<name>
           order by sum(t.table_bytes + t.index_bytes + t.toast_bytes) desc, t.schema, t.<name>
          """);

  private final Jdbi jdbi;

  @Inject
  public Tables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The whole database.
   *
   * @param growthPerDay bytes since the oldest sample of the last week; null if there is none
   * @param diskFree bytes left on its disk; null if the database is on another machine
   * @param daysUntilFull null if it does not grow, or if that is unknown
   */
  public record Size(
      long bytes,
      @Nullable Long growthPerDay,
      @Nullable Long diskFree,
      @Nullable Double daysUntilFull) {
    static Size of(long bytes, @Nullable Long growthPerDay, @Nullable Long diskFree) {
      Double days =
          growthPerDay != null && growthPerDay > 0 && diskFree != null
              ? (double) diskFree / growthPerDay
              : null;
      return new Size(bytes, growthPerDay, diskFree, days);
    }
  }

  private record Measured(
      long bytes, @Nullable Long growthPerDay, @Nullable String localDirectory) {}

  /**
   * All tables, the largest first.
   *
   * @param partitions true for each partition by itself
   */
  public List<TableStatistics> list(boolean partitions) {
    String sql = LIST.with("name", partitions ? "name" : "root").text();
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).map(ConstructorMapper.of(TableStatistics.class)).list());
  }

  /** The size of the database. */
  public Size size() {
    Measured measured =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select s.bytes, performance_monitoring.growth_per_day('database', s.bytes) as growth_per_day,
                               (select setting from pg_settings
                                 where name = 'data_directory'
                                   and (inet_server_addr() is null or inet_server_addr() <<= '127.0.0.0/8'
                                        or inet_server_addr() = '::1')) as local_directory
                          from (select pg_database_size(current_database()) as bytes) s
                        """)
                    .map(ConstructorMapper.of(Measured.class))
                    .one());
    return Size.of(measured.bytes(), measured.growthPerDay(), diskFree(measured.localDirectory()));
  }

  private static @Nullable Long diskFree(@Nullable String directory) {
    if (directory == null || !Files.isDirectory(Path.of(directory))) {
      return null;
    }
    try {
      return Files.getFileStore(Path.of(directory)).getUsableSpace();
    } catch (IOException e) {
      LOG.debugf(e, "The disk of %s could not be read", directory);
      return null;
    }
  }
}
