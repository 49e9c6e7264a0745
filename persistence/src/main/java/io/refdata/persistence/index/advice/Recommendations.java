package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.Measured;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendation.Writes;
import io.refdata.persistence.sql.Snapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The recommendations on record: {@code performance_monitoring.index_recommendation}. */
@Dependent
public class Recommendations {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<Cost>> COSTS = new TypeReference<>() {};

  private final Jdbi jdbi;

  @Inject
  public Recommendations(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * All recommendations.
   *
   * @param statementsCounted false if missing indexes could only be looked for by foreign keys
   */
  public record All(List<Recommendation> list, boolean statementsCounted) {}

  /** A step of a trial, by the record of all steps. */
  public record TrialStep(
      Instant at, String subject, String outcome, double seconds, @Nullable String detail) {}

  /** All, those with the greatest saving first. */
  public All all() {
    return Snapshot.ask(
        jdbi,
        handle ->
            new All(
                handle
                    .createQuery(
                        """
                        select * from performance_monitoring.index_recommendation
                         order by cost_before - cost_after desc, bytes desc, id
                        """)
                    .map((row, context) -> recommendation(row))
                    .list(),
                LiveStatements.areCounted(handle)));
  }

  /** Those whose trial has something left to do. */
  public List<Recommendation> underTrial() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from performance_monitoring.index_recommendation
                     where state in ('APPLYING', 'MEASURING', 'ADOPTING', 'UNDOING')
                     order by changed_at
                    """)
                .map((row, context) -> recommendation(row))
                .list());
  }

  /** One by its id. */
  public Optional<Recommendation> find(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from performance_monitoring.index_recommendation where id = :id")
                .bind("id", id)
                .map((row, context) -> recommendation(row))
                .findOne());
  }

  /** The steps of its trial, the first one first. */
  public List<TrialStep> steps(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select at, substr(subject, length(:id) + 2) as subject, outcome, seconds, detail
                      from performance_monitoring.optimization_log
                     where task = 'TRY_INDEXES' and starts_with(subject, :id || ' ')
                     order by optimization_log.id
                    """)
                .bind("id", id)
                .map(
                    (row, context) ->
                        new TrialStep(
                            row.getTimestamp("at").toInstant(),
                            row.getString("subject"),
                            row.getString("outcome"),
                            row.getDouble("seconds"),
                            row.getString("detail")))
                .list());
  }

  /**
   * Replaces those that are open by what was found now. Those that were applied stay, and are not
   * recommended again while they are there.
   */
  public void replaceOpen(List<Recommendation> found) {
    Set<String> ids = found.stream().map(Recommendation::id).collect(Collectors.toSet());
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "delete from performance_monitoring.index_recommendation where state = 'OPEN' and"
                      + " id <> all(:ids)")
              .bindArray("ids", String.class, ids)
              .execute();
          found.forEach(one -> upsert(handle, one));
        });
  }

  private static void upsert(Handle handle, Recommendation one) {
    handle
        .createUpdate(
            """
            insert into performance_monitoring.index_recommendation as r
                   (id, kind, table_name, index_name, form, ddl, reason, cost_before, cost_after, bytes, rows_per_day,
                    write_share, statements)
            values (:id, :kind, :table, :index, :form, :ddl, :reason, :before, :after, :bytes, :rows, :share, :statements::jsonb)
                on conflict (id) do update
               set ddl = excluded.ddl, reason = excluded.reason, cost_before = excluded.cost_before,
                   cost_after = excluded.cost_after, bytes = excluded.bytes, rows_per_day = excluded.rows_per_day,
                   write_share = excluded.write_share, statements = excluded.statements
             where r.state = 'OPEN'
            """)
        .bind("id", one.id())
        .bind("kind", one.kind().name())
        .bind("table", one.table())
        .bind("index", one.index())
        .bind("form", one.form())
        .bind("ddl", one.ddl())
        .bind("reason", one.reason())
        .bind("before", one.costBefore())
        .bind("after", one.costAfter())
        .bind("bytes", one.bytes())
        .bind("rows", one.writes().rowsPerDay())
        .bind("share", one.writes().share())
        .bind("statements", write(one.statements()))
        .execute();
  }

  /**
   * Moves one on.
   *
   * @param from the states from which it may go
   * @return false if it is in none of them
   */
  public boolean move(String id, Set<State> from, State to, @Nullable String message) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update performance_monitoring.index_recommendation
                           set state = :to, message = :message, changed_at = clock_timestamp(),
                               baseline = case when :to <> 'APPLYING' then baseline end,
                               measured_after = case when :to <> 'APPLYING' then measured_after end
                         where id = :id and state = any(:from)
                        """)
                    .bind("id", id)
                    .bindArray("from", String.class, from.stream().map(Enum::name).toList())
                    .bind("to", to.name())
                    .bind("message", message)
                    .execute())
        == 1;
  }

  private static Recommendation recommendation(ResultSet row) throws SQLException {
    double after = row.getDouble("measured_after");
    Measured measured =
        row.wasNull()
            ? null
            : new Measured(row.getDouble("measured_before"), after, row.getLong("measured_calls"));
    return new Recommendation(
        row.getString("id"),
        Kind.valueOf(row.getString("kind")),
        State.valueOf(row.getString("state")),
        row.getString("table_name"),
        row.getString("index_name"),
        row.getString("form"),
        row.getString("ddl"),
        row.getString("reason"),
        row.getDouble("cost_before"),
        row.getDouble("cost_after"),
        row.getLong("bytes"),
        new Writes(row.getDouble("rows_per_day"), row.getDouble("write_share")),
        read(row.getString("statements")),
        measured,
        row.getTimestamp("found_at").toInstant(),
        row.getTimestamp("changed_at").toInstant(),
        row.getString("message"));
  }

  private static String write(List<Cost> statements) {
    try {
      return JSON.writeValueAsString(statements);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Cost> read(String statements) {
    try {
      return JSON.readValue(statements, COSTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
