package io.refdata.persistence.index;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The indexes and their use. The counters are kept by {@link #sample}, so they outlive those of
 * PostgreSQL, which go with resets, crashes and dropped partitions.
 */
@Dependent
public class Indexes {
  private final Jdbi jdbi;

  @Inject
  public Indexes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All indexes, by table and name. */
  public List<IndexUsage> all() {
    return all(Setting.INDEXES_UNUSED_AFTER.time());
  }

  /**
   * All indexes, by table and name.
   *
   * @param unusedAfter the time without a scan after which an index counts as unused
   */
  public List<IndexUsage> all(Duration unusedAfter) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select u.*, covering.relname as covered_by,
                           array(select pg_get_indexdef(u.index_id, k, true)
                                   from generate_series(1, x.indnatts) k) as columns,
                           exists (select from pg_stat_progress_create_index p
                                    where p.index_relid in (select i.index_id from performance_monitoring.physical_index i
                                                             where i.table_name = u.table_name and i.name = u.name)
                                  ) as is_being_built,
                           greatest(u.last_used_at, u.watched_since) < now() - make_interval(secs => :unusedAfter) as is_idle
                      from performance_monitoring.index_usage u
                      join pg_index x on x.indexrelid = u.index_id
                      left join performance_monitoring.index_cover c on c.index_id = u.index_id
                      left join pg_class covering on covering.oid = c.covered_by
                     order by u.table_name collate "C", u.name collate "C"
                    """)
                .bind("unusedAfter", unusedAfter.toSeconds())
                .map((row, context) -> usage(row))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** Empty for an index that was dropped while the statement ran: it has no definition then. */
  private static Optional<IndexUsage> usage(ResultSet row) throws SQLException {
    String definition = row.getString("definition");
    String[] columns = (String[]) row.getArray("columns").getArray();
    if (definition == null
        || row.getString("form") == null
        || Arrays.asList(columns).contains(null)) {
      return Optional.empty();
    }
    long hits = row.getLong("blocks_hit");
    long reads = row.getLong("blocks_read");
    Timestamp lastUsed = row.getTimestamp("last_used_at");
    String coveredBy = row.getString("covered_by");
    IndexUsage usage =
        new IndexUsage(
            row.getString("table_name"),
            row.getString("name"),
            row.getString("form"),
            definition,
            List.of(columns),
            row.getBoolean("is_unique"),
            row.getBoolean("is_constraint"),
            row.getLong("partitions"),
            row.getLong("bytes"),
            row.getLong("scans"),
            row.getLong("rows_read"),
            hits + reads == 0 ? null : (double) hits / (hits + reads),
            lastUsed == null ? null : lastUsed.toInstant(),
            row.getTimestamp("watched_since").toInstant(),
            verdict(row, coveredBy),
            coveredBy);
    return Optional.of(usage);
  }

  private static Verdict verdict(ResultSet row, @Nullable String coveredBy) throws SQLException {
    if (!row.getBoolean("is_valid")) {
      return row.getBoolean("is_being_built") ? Verdict.USED : Verdict.INVALID;
    }
    if (coveredBy != null) {
      return Verdict.DUPLICATE;
    }
    boolean needed =
        row.getBoolean("is_unique")
            || row.getBoolean("is_constraint")
            || row.getBoolean("serves_foreign_key");
    return row.getBoolean("is_idle") && !needed ? Verdict.UNUSED : Verdict.USED;
  }

  /**
   * Puts PostgreSQL's counters on record.
   *
   * @return the number of indexes that are watched
   */
  public long sample() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select performance_monitoring.sample_indexes()")
                .mapTo(Long.class)
                .one());
  }
}
