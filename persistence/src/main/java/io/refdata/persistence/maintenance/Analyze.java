package io.refdata.persistence.maintenance;

import io.refdata.persistence.upkeep.Step;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives the planner fresh statistics: of partitioned tables, which autovacuum never analyzes, and
 * of tables that it has not reached.
 */
@Dependent
public class Analyze implements TableTask {
  private static final String NAME = "ANALYZE";

  /** The same as that of autovacuum: in a small table a few changes are a large share. */
  private static final int LEAST_CHANGED = 50;

  private final Jdbi jdbi;
  private final Chores chores;
  private final MaintenanceRules rules;

  @Inject
  public Analyze(Jdbi jdbi, Chores chores) {
    this(jdbi, chores, MaintenanceRules.ofSettings());
  }

  /** With other rules than those of the settings. */
  public Analyze(Jdbi jdbi, Chores chores, MaintenanceRules rules) {
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

  @Override
  public void run(List<String> tables, Consumer<Step> done) {
    chores.run(
        NAME,
        tables.stream().map(table -> chore(table, "an operator asked for it")).toList(),
        rules,
        done);
  }

  /** Partitions are analyzed by themselves. */
  private static Chore chore(String table, String reason) {
    return new Chore(table, "analyze only " + table, reason);
  }

  private List<Chore> needed() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select t.table_name, n.reason
                      from performance_monitoring.table_upkeep t
                     cross join lateral (
                           select case
                             when not is_analyzed and (is_partitioned or pg_relation_size(table_id) > 0)
                             then 'it was never analyzed'
                             when changed_rows > :least + :share * rows
                             then format('%s rows changed of %s', changed_rows, rows)
                             when is_partitioned and partitions_analyzed_at > analyzed_at
                                  and analyzed_at < now() - make_interval(secs => :after)
                             then 'its partitions were analyzed since'
                           end as reason) n
                     where n.reason is not null and has_table_privilege(table_id, 'MAINTAIN')
                     order by is_analyzed, changed_rows::double precision / greatest(rows, 1) desc, table_name
                    """)
                .bind("least", LEAST_CHANGED)
                .bind("share", rules.analyzeShare())
                .bind("after", rules.analyzeParentsAfter().toSeconds())
                .map((row, context) -> chore(row.getString(1), row.getString(2)))
                .list());
  }
}
