package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Looks for indexes that are missing: by the dearest statements that read a table as a whole, and
 * by foreign keys without an index. Each is tried on a model of its table.
 */
@Dependent
public class MissingIndexes {
  private final Jdbi jdbi;
  private final LiveStatements live;

  @Inject
  public MissingIndexes(Jdbi jdbi, LiveStatements live) {
    this.jdbi = jdbi;
    this.live = live;
  }

  /** Recommends those that save enough. */
  public List<Recommendation> find() {
    Map<String, TableTrial> tables = new LinkedHashMap<>();
    for (LiveStatement statement : live.dearest((int) Setting.INDEXES_STATEMENTS.number())) {
      live.plan(statement).ifPresent(plan -> sort(statement, plan, tables));
    }
    jdbi.withHandle(ForeignKeys::withoutIndex).forEach(key -> add(key, tables));
    List<Recommendation> found = new ArrayList<>();
    tables.values().forEach(table -> found.addAll(table.run(jdbi)));
    return found;
  }

  /** Puts a statement to each table that it reads as a whole. */
  private void sort(LiveStatement statement, JsonNode plan, Map<String, TableTrial> tables) {
    Set<String> roots = new HashSet<>();
    for (Scan scan : Scan.of(plan)) {
      if (scan.sequential()) {
        Optional<TableTrial> table = trial(scan.table(), tables);
        // Several partitions of one table stand for the table once.
        if (table.isPresent() && roots.add(table.get().facts().root())) {
          table.get().add(statement, plan, scan, null);
        }
      }
    }
  }

  private void add(ForeignKeys.ForeignKey key, Map<String, TableTrial> tables) {
    LiveStatement check = key.check();
    live.plan(check)
        .ifPresent(
            plan ->
                Scan.of(plan).stream()
                    .filter(Scan::sequential)
                    .forEach(
                        scan ->
                            trial(scan.table(), tables)
                                .ifPresent(
                                    table ->
                                        table.add(
                                            check,
                                            plan,
                                            scan,
                                            "Foreign key %s has no index: to delete or change a row of %s reads the whole of %s."
                                                .formatted(
                                                    key.name(), key.referenced(), key.table())))));
  }

  private Optional<TableTrial> trial(String table, Map<String, TableTrial> tables) {
    return jdbi.withHandle(handle -> TableFacts.of(handle, table))
        .map(facts -> tables.computeIfAbsent(facts.root(), root -> new TableTrial(facts)));
  }
}
