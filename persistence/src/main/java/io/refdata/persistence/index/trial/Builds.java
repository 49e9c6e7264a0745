package io.refdata.persistence.index.trial;

import io.refdata.persistence.Causes;
import io.refdata.persistence.index.InvalidIndexes;
import io.refdata.persistence.index.advice.Recommendation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Builds and drops indexes while others read and write: concurrently, one table or partition at a
 * time, and nothing invalid is left behind.
 */
@Dependent
public class Builds {
  private static final String LOCKED = "55P03";

  /** Tries to get a lock; then it is left to the next run. */
  private static final int MOST_TRIES = 10;

  private final Jdbi jdbi;
  private final InvalidIndexes invalid;

  @Inject
  public Builds(Jdbi jdbi, InvalidIndexes invalid) {
    this.jdbi = jdbi;
    this.invalid = invalid;
  }

  /** True if the table of a recommendation has its rows in partitions. */
  boolean isPartitioned(Recommendation one) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select relkind = 'p' from pg_class where oid = to_regclass(:table)")
                .bind("table", one.table())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
  }

  /**
   * The table, or its partitions: those that are read most first. Partitions whose index belongs to
   * the index of the partitioned table already are left out.
   */
  List<Leaf> leaves(Recommendation one) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as leaf,
                           quote_ident(n.nspname) as schema,
                           case when c.oid = to_regclass(:table) then :index
                                else left(c.relname, 54) || '_' || left(:id, 8) end as index
                      from pg_class c
                      join pg_namespace n on n.oid = c.relnamespace
                      left join pg_stat_all_tables s on s.relid = c.oid
                     where c.relkind = 'r'
                       and (c.oid = to_regclass(:table)
                            or c.oid in (select relid from pg_partition_tree(to_regclass(:table)) where isleaf))
                       and not exists (select from pg_inherits h
                                         join pg_index i on i.indexrelid = h.inhrelid and i.indrelid = c.oid
                                        where h.inhparent = to_regclass(quote_ident(n.nspname) || '.' || quote_ident(:index)))
                     order by coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0) desc, c.relname
                    """)
                .bind("table", one.table())
                .bind("index", one.index())
                .bind("id", one.id())
                .map(
                    (row, context) ->
                        new Leaf(
                            row.getString("leaf"),
                            row.getString("schema"),
                            '"' + row.getString("index") + '"'))
                .list());
  }

  /**
   * Builds the index of a table or partition, unless it is there. What an earlier build has left
   * invalid is dropped first; what this one leaves, if it is cut off, at once.
   */
  void build(Leaf leaf, String form, Duration wait) {
    if (invalid.has(leaf.qualifiedIndex())) {
      invalid.drop(leaf.qualifiedIndex());
    }
    try {
      waiting(
          wait,
          "create index concurrently if not exists %s on %s %s"
              .formatted(leaf.index(), leaf.table(), form));
    } catch (RuntimeException e) {
      dropRemains(leaf, e);
      throw e;
    }
  }

  private void dropRemains(Leaf leaf, RuntimeException failure) {
    try {
      if (invalid.has(leaf.qualifiedIndex())) {
        invalid.drop(leaf.qualifiedIndex());
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e); // the task that removes invalid indexes finds it
    }
  }

  /** Drops the index of a table or partition. */
  void drop(Leaf leaf, Duration wait) {
    waiting(wait, "drop index concurrently if exists " + leaf.qualifiedIndex());
  }

  /** Runs a statement that waits for others' transactions, but not for ever. */
  private void waiting(Duration wait, String sql) {
    jdbi.useHandle(
        handle -> {
          handle.execute("set lock_timeout = " + wait.toMillis());
          try {
            handle.execute(sql);
          } finally {
            reset(handle);
          }
        });
  }

  private static void reset(Handle handle) {
    if (isOpen(handle)) {
      handle.execute("reset lock_timeout");
    }
  }

  private static boolean isOpen(Handle handle) {
    try {
      return handle.getConnection().isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Makes the index of a partitioned table, still without partitions. New partitions get it from
   * now on.
   */
  void createOnParent(Recommendation one, String form, Duration lockWait) {
    String index = '"' + one.index() + '"';
    briefly(
        lockWait,
        "create index if not exists %s on only %s %s".formatted(index, one.table(), form));
  }

  /** Attaches the index of a partition to that of the partitioned table. */
  void attach(Recommendation one, Leaf leaf, Duration lockWait) {
    briefly(
        lockWait,
        "alter index %s.\"%s\" attach partition %s"
            .formatted(schema(one), one.index(), leaf.qualifiedIndex()));
  }

  private static String schema(Recommendation one) {
    return one.table().substring(0, one.table().indexOf('.'));
  }

  /**
   * Runs a statement that locks others out for a moment. It gives up soon if it has to wait, lets
   * those behind it go on, and tries again.
   */
  private void briefly(Duration lockWait, String sql) {
    for (int tries = 1; ; tries++) {
      try {
        jdbi.useTransaction(
            handle -> {
              handle.execute("set local lock_timeout = " + lockWait.toMillis());
              handle.execute(sql);
            });
        return;
      } catch (JdbiException e) {
        if (tries == MOST_TRIES || !isLocked(e)) {
          throw e;
        }
      }
      LockSupport.parkNanos(lockWait.toNanos());
    }
  }

  private static boolean isLocked(JdbiException failure) {
    return Causes.of(failure)
        .anyMatch(cause -> cause instanceof SQLException sql && LOCKED.equals(sql.getSQLState()));
  }
}
