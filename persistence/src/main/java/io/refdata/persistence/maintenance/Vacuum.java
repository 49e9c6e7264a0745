package io.refdata.persistence.maintenance;

import io.refdata.persistence.upkeep.Step;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Frees the room of dead rows where autovacuum has not reached a table, and freezes tables before
 * PostgreSQL has to do it whatever else runs.
 */
@Dependent
public class Vacuum implements TableTask {
  private static final String NAME = "VACUUM";

  /** The same as that of autovacuum: in a small table a few dead rows are a large share. */
  private static final int LEAST_DEAD = 50;

  private final Jdbi jdbi;
  private final Chores chores;
  private final MaintenanceRules rules;

  @Inject
  public Vacuum(Jdbi jdbi, Chores chores) {
    this(jdbi, chores, MaintenanceRules.ofSettings());
  }

  /** With other rules than those of the settings. */
  public Vacuum(Jdbi jdbi, Chores chores, MaintenanceRules rules) {
    this.jdbi = jdbi;
    this.chores = chores;
    this.rules = rules;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    chores.run(NAME, needed(), rules, done);
  }

  /** A partitioned table has no rows of its own: its partitions are vacuumed. */
  @Override
  public void run(List<String> tables, Consumer<Step> done) {
    chores.run(NAME, chores(tables), rules, done);
  }

  private List<Chore> chores(List<String> tables) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select table_name
                      from performance_monitoring.table_upkeep
                     where table_name = any(:tables) and not is_partitioned
                     order by dead_rows desc, table_name
                    """)
                .bindArray("tables", String.class, tables)
                .map((row, context) -> chore(row.getString(1), "", "an operator asked for it"))
                .list());
  }

  private List<Chore> needed() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select table_name,
                           case when freeze_share > :freeze then '(freeze) ' else '' end as how,
                           case when freeze_share > :freeze
                                then format('%s %% of the way to a forced freeze', round(100 * freeze_share))
                                else format('%s dead rows beside %s', dead_rows, rows) end as reason
                      from performance_monitoring.table_upkeep
                     where not is_partitioned and has_table_privilege(table_id, 'MAINTAIN')
                       and (freeze_share > :freeze or dead_rows > :least + :share * rows)
                     order by freeze_share > :freeze desc, dead_rows desc, table_name
                    """)
                .bind("freeze", rules.freezeShare())
                .bind("least", LEAST_DEAD)
                .bind("share", rules.vacuumShare())
                .map((row, context) -> chore(row.getString(1), row.getString(2), row.getString(3)))
                .list());
  }

  private static Chore chore(String table, String how, String reason) {
    return new Chore(table, "vacuum " + how + table, reason);
  }
}
