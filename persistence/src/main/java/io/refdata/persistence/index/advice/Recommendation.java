package io.refdata.persistence.index.advice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that is missing or not needed, and what came of adding or dropping it.
 *
 * @param id stays the same for the same index
 * @param table with its schema
 * @param index the name of the index, without its schema
 * @param form the definition without names: {@code USING btree (a, b)}
 * @param ddl what an operator would run
 * @param costBefore the planner's costs of the statements, each times its calls
 * @param costAfter the same with the recommendation applied
 * @param bytes what the index takes, or what dropping it frees
 * @param statements those that gain; of an index to drop, those that read its table
 */
public record Recommendation(
    String id,
    Kind kind,
    State state,
    String table,
    String index,
    String form,
    String ddl,
    String reason,
    double costBefore,
    double costAfter,
    long bytes,
    Writes writes,
    List<Cost> statements,
    @Nullable Measured measured,
    Instant foundAt,
    Instant changedAt,
    @Nullable String message) {
  public Recommendation {
    statements = List.copyOf(statements);
  }

  /** The change of the index that is recommended. */
  public enum Kind {
    /** Add it. */
    MISSING,
    /** Drop it: nothing uses it. */
    UNUSED,
    /** Drop it: another one serves the same. */
    DUPLICATE
  }

  /** The state of a recommendation. */
  public enum State {
    /** Nobody has asked for it. */
    OPEN,
    /** The index is being built or dropped. */
    APPLYING,
    /** The statements are watched. */
    MEASURING,
    /** Too few calls to judge by: adopt or undo it. */
    UNDECIDED,
    /** The indexes of partitions are being attached. */
    ADOPTING,
    ADOPTED,
    UNDOING,
    UNDONE,
    FAILED
  }

  /**
   * The cost of a statement.
   *
   * @param id the query id of {@code pg_stat_statements}; 0 for a check of a foreign key
   */
  public record Cost(long id, String sql, long calls, double before, double after) {}

  /**
   * The cost of writes.
   *
   * @param rowsPerDay rows written to the table a day
   * @param share the bytes that the index adds to a written row, as a share of those without it
   */
  public record Writes(double rowsPerDay, double share) {}

  /**
   * The times of the statements.
   *
   * @param before milliseconds a call before the trial
   * @param after milliseconds a call since the trial is measured
   * @param calls the calls since then
   */
  public record Measured(double before, double after, long calls) {
    /** The share of the time that is saved. */
    public double gain() {
      return before == 0 ? 0 : 1 - after / before;
    }
  }

  /** The share of the cost that is saved. */
  public double gain() {
    return costBefore == 0 ? 0 : 1 - costAfter / costBefore;
  }
}
