package io.refdata.persistence.maintenance;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.index.InvalidIndexes;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** A database of its own for a test class, and the tasks of this package on it. */
final class MaintainedDatabase implements AutoCloseable {
  private static final MaintenanceRules RULES = MaintenanceRules.ofSettings();

  final MigratedDatabase database = MigratedDatabase.create();
  final Jdbi jdbi = Database.of(database.dataSource());
  final InvalidIndexes invalid = new InvalidIndexes(jdbi);

  /** The rules of the settings, but for small indexes, and with another age to freeze at. */
  static MaintenanceRules rules(double freezeShare) {
    return new MaintenanceRules(
        RULES.time(),
        RULES.patience(),
        RULES.analyzeShare(),
        RULES.analyzeParentsAfter(),
        RULES.vacuumShare(),
        freezeShare,
        RULES.reindexShare(),
        1 << 16,
        RULES.reindexPause(),
        RULES.reindexWait());
  }

  Chores chores() {
    return new Chores(jdbi, new OptimizationLog(jdbi));
  }

  Reindex reindex() {
    return new Reindex(jdbi, chores(), new BloatedIndexes(jdbi), invalid, rules(1));
  }

  /** Runs statements one by one, and has their figures counted. */
  void execute(String... statements) {
    jdbi.useHandle(
        handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
          handle.execute("select pg_stat_force_next_flush()");
        });
  }

  /** The first column of the first row; it is not null. */
  String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }

  /** The steps of a run: {@code subject OUTCOME}. */
  static List<String> steps(Consumer<Consumer<Step>> run) {
    List<String> steps = new ArrayList<>();
    run.accept(step -> steps.add(step.subject() + " " + step.outcome()));
    return steps;
  }

  /** Rules that leave no time at all. */
  static MaintenanceRules withoutTime() {
    MaintenanceRules rules = rules(1);
    return new MaintenanceRules(
        Duration.ZERO,
        rules.patience(),
        rules.analyzeShare(),
        rules.analyzeParentsAfter(),
        rules.vacuumShare(),
        rules.freezeShare(),
        rules.reindexShare(),
        rules.reindexBytes(),
        rules.reindexPause(),
        rules.reindexWait());
  }

  @Override
  public void close() {
    database.close();
  }
}
