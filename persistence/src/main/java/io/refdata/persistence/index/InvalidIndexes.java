package io.refdata.persistence.index;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * What builds that were cut off have left: an index that is not valid. Writes keep it up, and no
 * read uses it; {@code CREATE INDEX IF NOT EXISTS} would take it for the index itself.
 */
@Dependent
public class InvalidIndexes {
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
        handle ->
            handle
                .createQuery(
                    """
                    select format('%I.%I', n.nspname, c.relname)
                      from pg_index i
                      join pg_class c on c.oid = i.indexrelid and c.relkind = 'i'
                      join pg_namespace n on n.oid = c.relnamespace
                     where not i.indisvalid
                       and n.nspname not in ('pg_catalog', 'pg_toast')
                       and not exists (select from pg_locks l
                                        where l.relation = i.indrelid and l.mode = 'ShareUpdateExclusiveLock' and l.granted)
                       and not exists (select from pg_stat_progress_create_index p where p.relid = i.indrelid)
                     order by 1
                    """)
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
    jdbi.useHandle(handle -> handle.execute("drop index concurrently if exists " + index));
  }
}
