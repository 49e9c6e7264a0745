package io.refdata.persistence.index;

import io.refdata.persistence.upkeep.Bounded;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The invalid indexes that are left of builds that were cut off. Writes keep such an index up, and
 * no read uses it; {@code CREATE INDEX IF NOT EXISTS} would take it for the index itself.
 */
@Dependent
public class InvalidIndexes {
  private static final String ALL =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_index i
        join pg_class c on c.oid = i.indexrelid and c.relkind = 'i'
        join pg_namespace n on n.oid = c.relnamespace
       where not i.indisvalid
         and n.nspname not in ('pg_catalog', 'pg_toast')
         and pg_has_role(c.relowner, 'USAGE')
         and not exists (select from pg_locks l
                          where l.relation = i.indrelid and l.mode = 'ShareUpdateExclusiveLock' and l.granted
                            and l.database = (select oid from pg_database where datname = current_database()))
         and not exists (select from pg_stat_progress_create_index p
                          where p.relid = i.indrelid and p.datname = current_database())
      """;

  /** The time that the removal of one waits for transactions of others. */
  private static final Duration WAIT = Setting.INDEXES_BUILD_WAIT.time();

  private final Jdbi jdbi;

  @Inject
  public InvalidIndexes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The invalid indexes that nobody builds at the moment, as SQL has their names. Those of
   * partitioned tables are left out: they become valid with the last of their partitions.
   */
  public List<String> all() {
    return jdbi.withHandle(
        handle -> handle.createQuery(ALL + " order by 1").mapTo(String.class).list());
  }

  /**
   * Those of {@link #all} that rebuilds of a table's indexes have left: {@code REINDEX
   * CONCURRENTLY} adds {@code _ccnew} or {@code _ccold} to the name.
   *
   * @param table its name in SQL, with its schema
   */
  public List<String> leftByRebuilds(String table) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    ALL
                        + """
                           and i.indrelid = to_regclass(:table) and c.relname ~ '_cc(new|old)[0-9]*$'
                         order by 1
                        """)
                .bind("table", table)
                .mapTo(String.class)
                .list());
  }

  /** True if an index is there and not valid. */
  public boolean has(String index) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from pg_index where indexrelid = to_regclass(:index) and"
                        + " not indisvalid)")
                .bind("index", index)
                .mapTo(Boolean.class)
                .one());
  }

  /** Drops one. Neither readers nor writers wait for it. */
  public void drop(String index) {
    try (Handle session = jdbi.open()) {
      Bounded.alone(
          session,
          WAIT,
          Duration.ZERO,
          () -> session.execute("drop index concurrently if exists " + index));
    }
  }
}
