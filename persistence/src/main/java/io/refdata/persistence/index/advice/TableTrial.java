package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.model.ModelTable;
import io.refdata.persistence.index.model.RealTable;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Tries candidates on the model of a table, for the statements that read the table as a whole. The
 * one that saves most is taken, and then looked for the next, with the first in place.
 */
final class TableTrial {
  private static final Logger LOG = Logger.getLogger(TableTrial.class);

  /** Bounds of the work for one table: candidates that are tried, indexes that are recommended. */
  private static final int MOST_CANDIDATES = 8;

  private static final int MOST_INDEXES = 3;

  /** If the model is further off than this, it is not believed. */
  private static final double TOLERANCE = 0.1;

  private static final String CANDIDATE = "candidate";

  private final TableFacts facts;
  private final List<Work> works = new ArrayList<>();

  TableTrial(TableFacts facts) {
    this.facts = facts;
  }

  TableFacts facts() {
    return facts;
  }

  /** A statement, with its cost on the model so far. */
  private static final class Work {
    private final LiveStatement statement;
    private final Scan scan;
    private final double realCost;
    private final boolean ofOneLeaf;
    private final @Nullable String reason;
    private double cost;

    private Work(LiveStatement statement, JsonNode plan, Scan scan, @Nullable String reason) {
      this.statement = statement;
      this.scan = scan;
      this.realCost = plan.get("Total Cost").doubleValue();
      this.ofOneLeaf = Scan.of(plan).size() == 1;
      this.reason = reason;
    }

    /** True if the model costs what the real table does. */
    private boolean isFaithful() {
      return !ofOneLeaf || Math.abs(cost / realCost - 1) <= TOLERANCE;
    }
  }

  /** A candidate, and the statements that it makes cheaper. */
  private record Tried(Candidate candidate, List<Cost> gains, Set<String> reasons) {
    private double saved() {
      return gains.stream().mapToDouble(one -> one.calls() * (one.before() - one.after())).sum();
    }
  }

  /**
   * Adds a statement.
   *
   * @param reason why an index may be missing; null: the statement itself
   */
  void add(LiveStatement statement, JsonNode plan, Scan scan, @Nullable String reason) {
    works.add(new Work(statement, plan, scan, reason));
  }

  /** Tries what may be missing; leaves nothing behind. */
  List<Recommendation> run(Jdbi jdbi) {
    try {
      return jdbi.inTransaction(
          handle ->
              RealTable.read(handle, facts.leaf(), Setting.INDEXES_MODEL_PAGES.number())
                  .map(real -> run(handle, real))
                  .orElse(List.of()));
    } catch (JdbiException e) {
      LOG.warnf(e, "No index of %s could be tried", facts.root());
      return List.of();
    }
  }

  private List<Recommendation> run(Handle handle, RealTable real) {
    Set<Candidate> candidates = new LinkedHashSet<>();
    works.forEach(work -> candidates.addAll(Candidate.of(work.scan, real)));
    if (candidates.isEmpty()) {
      return List.of();
    }
    try (ModelTable model = ModelTable.create(handle, real)) {
      return run(candidates, model, real);
    }
  }

  private List<Recommendation> run(Set<Candidate> candidates, ModelTable model, RealTable real) {
    works.forEach(work -> work.cost = model.cost(work.statement.sql()));
    works.removeIf(work -> !work.isFaithful());
    List<Candidate> left = new ArrayList<>(candidates.stream().limit(MOST_CANDIDATES).toList());
    List<Recommendation> found = new ArrayList<>();
    while (found.size() < MOST_INDEXES) {
      Tried best = best(left, model, real);
      if (best == null) {
        break;
      }
      found.add(MissingIndex.recommendation(best.candidate, best.gains, best.reasons, facts, real));
      left.remove(best.candidate);
      model.add("taken_" + found.size(), best.candidate.form(), best.candidate.pages(real));
      works.forEach(work -> work.cost = model.cost(work.statement.sql()));
    }
    return found;
  }

  private @Nullable Tried best(List<Candidate> candidates, ModelTable model, RealTable real) {
    Tried best = null;
    for (Candidate candidate : candidates) {
      model.add(CANDIDATE, candidate.form(), candidate.pages(real));
      Tried tried = tried(candidate, model);
      model.drop(CANDIDATE);
      if (!tried.gains.isEmpty()
          && paysForWrites(tried)
          && (best == null || tried.saved() > best.saved() * (1 + TOLERANCE / 2))) {
        best = tried;
      }
    }
    return best;
  }

  private Tried tried(Candidate candidate, ModelTable model) {
    double enough = 1 - Setting.INDEXES_LEAST_GAIN.number() / 100.0;
    List<Cost> gains = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (Work work : works) {
      double after = model.cost(work.statement.sql());
      if (after <= work.cost * enough) {
        LiveStatement statement = work.statement;
        gains.add(new Cost(statement.id(), statement.sql(), statement.calls(), work.cost, after));
        if (work.reason != null) {
          reasons.add(work.reason);
        }
      }
    }
    return new Tried(candidate, gains, reasons);
  }

  /**
   * Each written row costs about a page of the index; calls and rows are counted since the same
   * time.
   */
  private boolean paysForWrites(Tried tried) {
    boolean ofForeignKeyOnly = tried.gains.stream().allMatch(one -> one.id() == 0);
    return ofForeignKeyOnly || tried.saved() > facts.rowsWritten();
  }
}
