package io.refdata.persistence.maintenance;

import io.refdata.persistence.index.InvalidIndexes;
import io.refdata.persistence.maintenance.BloatedIndexes.Bloated;
import io.refdata.persistence.upkeep.Bounded;
import io.refdata.persistence.upkeep.Step;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Rebuilds indexes that are mostly bloat, concurrently and one at a time, so that readers and
 * writers go on. What a rebuild leaves that is cut off, is dropped before the next.
 */
@Dependent
public class Reindex implements TableTask {
  private static final String NAME = "REINDEX";

  private final Jdbi jdbi;
  private final Chores chores;
  private final BloatedIndexes indexes;
  private final InvalidIndexes invalid;
  private final MaintenanceRules rules;

  @Inject
  public Reindex(Jdbi jdbi, Chores chores, BloatedIndexes indexes, InvalidIndexes invalid) {
    this(jdbi, chores, indexes, invalid, MaintenanceRules.ofSettings());
  }

  /** With other rules than those of the settings. */
  public Reindex(
      Jdbi jdbi,
      Chores chores,
      BloatedIndexes indexes,
      InvalidIndexes invalid,
      MaintenanceRules rules) {
    this.jdbi = jdbi;
    this.chores = chores;
    this.indexes = indexes;
    this.invalid = invalid;
    this.rules = rules;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofDays(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    List<Chore> needed =
        indexes.needed(rules.reindexShare(), rules.reindexBytes(), rules.reindexPause()).stream()
            .map(Reindex::chore)
            .toList();
    chores.run(NAME, needed, rules.time(), this::rebuild, done);
  }

  private static Chore chore(Bloated index) {
    return chore(
        index.name(),
        "about %d %% of %,d bytes were bloat"
            .formatted(Math.round(100 * index.bloatShare()), index.bytes()));
  }

  private static Chore chore(String index, String reason) {
    return new Chore(index, "reindex index concurrently " + index, reason);
  }

  @Override
  public void run(List<String> tables, Consumer<Step> done) {
    chores.run(NAME, ofTables(tables), rules.time(), this::rebuild, done);
  }

  private List<Chore> ofTables(List<String> tables) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select format('%I.%I', n.nspname, c.relname) as index
                      from performance_monitoring.table_upkeep t
                      join pg_index i on i.indrelid = t.table_id
                      join pg_class c on c.oid = i.indexrelid
                      join pg_namespace n on n.oid = c.relnamespace
                     where t.table_name = any(:tables) and not t.is_partitioned
                       and i.indisvalid and not i.indisexclusion
                     order by 1
                    """)
                .bindArray("tables", String.class, tables)
                .map((row, context) -> chore(row.getString(1), "an operator asked for it"))
                .list());
  }

  private String rebuild(Chore chore) {
    String table = table(chore.subject());
    dropRemains(table);
    try (Handle session = jdbi.open()) {
      Bounded.alone(
          session, rules.reindexWait(), rules.time(), () -> session.execute(chore.statement()));
    } catch (RuntimeException e) {
      dropRemains(table, e);
      throw e;
    }
    return "%s; it has %,d bytes now".formatted(chore.reason(), bytes(chore.subject()));
  }

  private void dropRemains(String table) {
    invalid.leftByRebuilds(table).forEach(invalid::drop);
  }

  private void dropRemains(String table, RuntimeException failure) {
    try {
      dropRemains(table);
    } catch (RuntimeException e) {
      failure.addSuppressed(e); // the task that removes invalid indexes finds it
    }
  }

  private String table(String index) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select indrelid::regclass::text from pg_index where indexrelid ="
                        + " to_regclass(:index)")
                .bind("index", index)
                .mapTo(String.class)
                .one());
  }

  private long bytes(String index) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select pg_relation_size(to_regclass(:index))")
                .bind("index", index)
                .mapTo(Long.class)
                .one());
  }
}
