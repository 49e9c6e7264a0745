package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.persistence.index.IndexUsage;
import io.refdata.persistence.index.Indexes;
import io.refdata.persistence.index.Verdict;
import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendation.Writes;
import io.refdata.persistence.index.model.ModelTable;
import io.refdata.persistence.index.model.RealTable;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Looks for indexes that nothing needs, and checks on a model of the table that the dearest
 * statements cost the same without them.
 */
@Dependent
public class SpareIndexes {
  private static final Logger LOG = Logger.getLogger(SpareIndexes.class);

  /** A longer index in the place of a shorter one may cost so much more. */
  private static final double MOST_LOSS = 0.05;

  private final Jdbi jdbi;
  private final Indexes indexes;
  private final LiveStatements live;

  @Inject
  public SpareIndexes(Jdbi jdbi, Indexes indexes, LiveStatements live) {
    this.jdbi = jdbi;
    this.indexes = indexes;
    this.live = live;
  }

  /** An index of a table or partition, to be left out of its model. */
  private record Leaf(String table, String index) {}

  /** A statement and the tables that it reads. */
  private record Reader(LiveStatement statement, List<Scan> scans) {}

  /** Recommends to drop those whose statements lose nothing. */
  public List<Recommendation> find() {
    List<Reader> readers = new ArrayList<>();
    for (LiveStatement statement : live.dearest((int) Setting.INDEXES_STATEMENTS.number())) {
      Optional<JsonNode> plan = live.plan(statement);
      plan.ifPresent(one -> readers.add(new Reader(statement, Scan.of(one))));
    }
    List<Recommendation> found = new ArrayList<>();
    for (IndexUsage usage : indexes.all()) {
      if (usage.verdict() == Verdict.UNUSED || usage.verdict() == Verdict.DUPLICATE) {
        check(usage, readers).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Recommendation> check(IndexUsage usage, List<Reader> readers) {
    try {
      return jdbi.inTransaction(handle -> check(handle, usage, readers));
    } catch (JdbiException e) {
      LOG.warnf(e, "Index %s of %s could not be checked", usage.name(), usage.table());
      return Optional.empty();
    }
  }

  private static Optional<Recommendation> check(
      Handle handle, IndexUsage usage, List<Reader> readers) {
    Leaf leaf = leaf(handle, usage);
    Optional<TableFacts> facts = TableFacts.of(handle, leaf.table());
    Optional<RealTable> real =
        facts.flatMap(
            one -> RealTable.read(handle, one.leaf(), Setting.INDEXES_MODEL_PAGES.number()));
    if (real.isEmpty()) {
      return Optional.empty();
    }
    List<LiveStatement> statements =
        readers.stream()
            .filter(
                reader ->
                    reader.scans().stream()
                        .anyMatch(scan -> real.get().names().contains(scan.table())))
            .map(Reader::statement)
            .toList();
    if (statements.isEmpty()) {
      return Optional.of(recommendation(usage, List.of(), facts.get(), real.get()));
    }
    try (ModelTable model = ModelTable.create(handle, real.get())) {
      return costs(model, leaf, statements)
          .map(costs -> recommendation(usage, costs, facts.get(), real.get()));
    }
  }

  /** What the statements cost with the index and without it; empty if one costs more without. */
  private static Optional<List<Cost>> costs(
      ModelTable model, Leaf leaf, List<LiveStatement> statements) {
    List<Double> before = statements.stream().map(one -> model.cost(one.sql())).toList();
    model.drop(leaf.index());
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      LiveStatement one = statements.get(i);
      double after = model.cost(one.sql());
      if (after > before.get(i) * (1 + MOST_LOSS)) {
        return Optional.empty();
      }
      costs.add(new Cost(one.id(), one.sql(), one.calls(), before.get(i), after));
    }
    return Optional.of(costs);
  }

  private static Leaf leaf(Handle handle, IndexUsage usage) {
    return handle
        .createQuery(
            """
            select n.nspname || '.' || t.relname as leaf, c.relname as index
              from performance_monitoring.physical_index i
              join pg_class c on c.oid = i.index_id
              join pg_class t on t.oid = i.leaf_id
              join pg_namespace n on n.oid = t.relnamespace
             where i.table_name = :table and i.name = :name
             order by i.is_partitioned, i.bytes desc
             limit 1
            """)
        .bind("table", usage.table())
        .bind("name", usage.name())
        .map((row, context) -> new Leaf(row.getString("leaf"), row.getString("index")))
        .one();
  }

  private static Recommendation recommendation(
      IndexUsage usage, List<Cost> costs, TableFacts facts, RealTable real) {
    Kind kind = usage.verdict() == Verdict.UNUSED ? Kind.UNUSED : Kind.DUPLICATE;
    String schema = facts.root().substring(0, facts.root().indexOf('.'));
    return new Recommendation(
        MissingIndex.id(kind, usage.table(), usage.name()),
        kind,
        State.OPEN,
        usage.table(),
        usage.name(),
        usage.form(),
        "drop index %s%s.%s"
            .formatted(
                facts.partitioned() ? "" : "concurrently ", schema, '"' + usage.name() + '"'),
        reason(usage),
        costs.stream().mapToDouble(one -> one.calls() * one.before()).sum(),
        costs.stream().mapToDouble(one -> one.calls() * one.after()).sum(),
        usage.bytes(),
        new Writes(
            facts.rowsPerDay(),
            -(double) usage.bytes() / Math.max(1, real.rows()) / facts.bytesOfRow()),
        costs,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }

  private static String reason(IndexUsage usage) {
    if (usage.verdict() == Verdict.DUPLICATE) {
      return "%s serves all that %s serves.".formatted(usage.coveredBy(), usage.name());
    }
    Instant since = usage.lastUsedAt() == null ? usage.watchedSince() : usage.lastUsedAt();
    return "Nothing has used %s since %s.".formatted(usage.name(), since);
  }
}
