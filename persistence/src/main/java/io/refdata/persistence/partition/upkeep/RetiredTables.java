package io.refdata.persistence.partition.upkeep;

import io.refdata.domain.dataset.OnExpiry;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.sql.SqlText;
import io.refdata.persistence.upkeep.Bounded;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes the tables of retired partitions from schema {@code curated}: detaches each from the
 * table of its dataset, then drops it or moves it to schema {@code archive}. Each step can be cut
 * off by a crash: what is there says what is left to do.
 */
@Dependent
public class RetiredTables {
  private final Jdbi jdbi;

  @Inject
  public RetiredTables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The table of a retired partition.
   *
   * @param name its name, with which it is in schema {@code curated}
   */
  record Leaf(String name, OnExpiry onExpiry) {
    /** The name of the step that removes it. */
    String task() {
      return onExpiry == OnExpiry.DROP ? "DROP_PARTITION" : "ARCHIVE_PARTITION";
    }
  }

  /** The tables of a dataset that are to be removed, oldest first. */
  List<Leaf> left(KeptDataset dataset) {
    return left("dataset_id = " + dataset.id());
  }

  /** The tables to be removed whose dataset was deleted meanwhile. */
  List<Leaf> ofDeletedDatasets() {
    return left("not exists (select from curated.dataset d where d.id = dataset_id)");
  }

  /** The ids of deleted datasets whose tables are still there: readers held them, or a crash. */
  List<Integer> deletedDatasets() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct substring(t.relname from '\\d+$')::integer as id
                      from pg_class t
                     where t.relnamespace = 'curated'::regnamespace and t.relkind = 'p'
                       and t.relname ~ '^observation(_vintage)?_\\d{1,9}$'
                       and not exists (select from curated.dataset d
                                        where d.id = substring(t.relname from '\\d+$')::integer)
                     order by id
                    """)
                .mapTo(Integer.class)
                .list());
  }

  /**
   * Drops the tables of a deleted dataset.
   *
   * @return what was done
   */
  String dropDataset(int id) {
    try (Handle session = jdbi.open()) {
      return Bounded.alone(
          session,
          () -> {
            new PartitionTables(session, id).drop();
            return "dropped";
          });
    }
  }

  private List<Leaf> left(String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SqlText.of(
                            """
                            select leaf, on_expiry from curated.retired_partition
                             where gone_at is null and <condition>
                             order by retired_at, lower, leaf
                            """)
                        .with("condition", condition)
                        .text())
                .map(
                    (row, context) ->
                        new Leaf(row.getString(1), OnExpiry.valueOf(row.getString(2))))
                .list());
  }

  /**
   * Removes a table.
   *
   * @return what was done
   */
  String remove(Leaf leaf) {
    try (Handle session = jdbi.open()) {
      return Bounded.alone(session, () -> remove(session, leaf));
    }
  }

  private static String remove(Handle session, Leaf leaf) {
    detach(session, leaf);
    String done = "it was gone";
    if (exists(session, leaf)) {
      boolean drop = leaf.onExpiry() == OnExpiry.DROP;
      session.execute(
          SqlText.of(
                  drop
                      ? "drop table curated.<leaf>"
                      : "alter table curated.<leaf> set schema archive")
              .with("leaf", leaf.name())
              .text());
      done = drop ? "dropped" : "in schema archive";
    }
    session.execute(
        "update curated.retired_partition set gone_at = clock_timestamp() where leaf = ?",
        leaf.name());
    return done;
  }

  /** A table that is half detached is in the way of any other detachment from the same table. */
  private static void detach(Handle session, Leaf leaf) {
    parent(session, leaf.name())
        .ifPresent(
            parent -> {
              halfDetached(session, parent)
                  .ifPresent(table -> detach(session, parent, table, "finalize"));
              if (parent(session, leaf.name()).isPresent()) {
                detach(session, parent, leaf.name(), "concurrently");
              }
            });
  }

  private static void detach(Handle session, String parent, String table, String how) {
    session.execute(
        SqlText.of("alter table curated.<parent> detach partition curated.<table> <how>")
            .with("parent", parent)
            .with("table", table)
            .with("how", how)
            .text());
  }

  private static Optional<String> parent(Handle session, String table) {
    return attached(session, "p.relname", "t.relname = :name", table);
  }

  private static Optional<String> halfDetached(Handle session, String parent) {
    return attached(session, "t.relname", "p.relname = :name and i.inhdetachpending", parent);
  }

  /** One name of an attached table {@code t} and the table {@code p} that it hangs on. */
  private static Optional<String> attached(
      Handle session, String wanted, String condition, String name) {
    return session
        .createQuery(
            SqlText.of(
                    """
                    select <wanted>
                      from pg_inherits i
                      join pg_class t on t.oid = i.inhrelid
                      join pg_class p on p.oid = i.inhparent
                     where t.relnamespace = 'curated'::regnamespace and <condition>
                    """)
                .with("wanted", wanted)
                .with("condition", condition)
                .text())
        .bind("name", name)
        .mapTo(String.class)
        .findOne();
  }

  private static boolean exists(Handle session, Leaf leaf) {
    return session
        .createQuery(
            """
            select exists (select from pg_class
                            where relname = :leaf and relnamespace = 'curated'::regnamespace)
            """)
        .bind("leaf", leaf.name())
        .mapTo(Boolean.class)
        .one();
  }
}
