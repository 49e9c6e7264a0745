package io.refdata.persistence.performance;

import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.performance.PerformanceRun.State;
import io.refdata.persistence.performance.Target.Better;
import io.refdata.persistence.performance.Target.Unit;
import io.refdata.persistence.sql.Snapshot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The runs on record: {@code performance_monitoring.performance_run} and their results. */
@Dependent
public class PerformanceRuns {
  private static final String SELECT =
      """
      select r.*, (select count(*) from performance_monitoring.performance_result p where p.run_id = r.id) as done
        from performance_monitoring.performance_run r
      """;

  private final Jdbi jdbi;

  @Inject
  public PerformanceRuns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A run and its results, in the order of their targets. */
  public record Report(PerformanceRun run, List<PerformanceResult> results) {
    public Report {
      results = List.copyOf(results);
    }
  }

  /** Puts a run on record; at any time one may run. */
  public UUID begin(AskedBy askedBy, List<String> tests, int targets) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into performance_monitoring.performance_run (asked_by, tests, targets)
                    values (:askedBy, :tests, :targets) returning id
                    """)
                .bind("askedBy", askedBy.name())
                .bindArray("tests", String.class, tests)
                .bind("targets", targets)
                .mapTo(UUID.class)
                .one());
  }

  /** Puts results of a run on record. */
  public void add(UUID run, List<PerformanceResult> results) {
    jdbi.useTransaction(handle -> results.forEach(result -> add(handle, run, result)));
  }

  private static void add(Handle handle, UUID run, PerformanceResult result) {
    handle
        .createUpdate(
            """
            insert into performance_monitoring.performance_result
                   (run_id, figure, pass, critical, position, target, category, test, what, load, measure, unit, better,
                    verdict, detail)
            values (:run, :figure, :pass, :critical,
                    (select count(*) from performance_monitoring.performance_result where run_id = :run),
                    :target, :category, :test, :what, :load, :measure, :unit, :better, :verdict, :detail)
            """)
        .bind("run", run)
        .bind("figure", result.figure())
        .bind("pass", result.pass())
        .bind("critical", result.critical())
        .bind("target", result.target())
        .bind("category", result.category())
        .bind("test", result.test())
        .bind("what", result.what())
        .bind("load", result.load())
        .bind("measure", result.measure())
        .bind("unit", result.unit().name())
        .bind("better", result.better().name())
        .bind("verdict", result.verdict().name())
        .bind("detail", result.detail())
        .execute();
  }

  /** A run has ended; runs that ended before a time are deleted. */
  public void end(UUID run, Verdict verdict, Duration kept) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              """
              update performance_monitoring.performance_run
                 set state = 'ENDED', ended_at = clock_timestamp(), verdict = ?
               where id = ?
              """,
              verdict.name(),
              run);
          handle.execute(
              """
              delete from performance_monitoring.performance_run
               where state <> 'RUNNING' and began_at < now() - make_interval(secs => ?)
              """,
              kept.toSeconds());
        });
  }

  /** Marks the runs that are on record as running. To be called in the turn of a run only. */
  public void cutOff() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update performance_monitoring.performance_run set state = 'CUT_OFF' where state ="
                    + " 'RUNNING'"));
  }

  /** The run that is under way. */
  public Optional<UUID> running() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id from performance_monitoring.performance_run where state = 'RUNNING'")
                .mapTo(UUID.class)
                .findOne());
  }

  /**
   * The runs, the newest first.
   *
   * @param before the run before which to begin; null for the newest
   */
  public List<PerformanceRun> list(@Nullable UUID before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + " where cast(:before as uuid) is null or r.id < cast(:before as uuid)"
                        + " order by r.id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list());
  }

  /** A run with its results so far, in one snapshot. */
  public Optional<Report> find(UUID id) {
    return Snapshot.ask(
        jdbi,
        handle ->
            handle
                .createQuery(SELECT + " where r.id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne()
                .map(run -> new Report(run, results(handle, id))));
  }

  private static List<PerformanceResult> results(Handle handle, UUID id) {
    return handle
        .createQuery(
            "select * from performance_monitoring.performance_result where run_id = :id order by"
                + " position")
        .bind("id", id)
        .map((row, context) -> result(row))
        .list();
  }

  private static PerformanceRun run(ResultSet row) throws SQLException {
    Timestamp ended = row.getTimestamp("ended_at");
    String verdict = row.getString("verdict");
    return new PerformanceRun(
        row.getObject("id", UUID.class),
        State.valueOf(row.getString("state")),
        AskedBy.valueOf(row.getString("asked_by")),
        row.getTimestamp("began_at").toInstant(),
        ended == null ? null : ended.toInstant(),
        List.of((String[]) row.getArray("tests").getArray()),
        row.getInt("done"),
        row.getInt("targets"),
        verdict == null ? null : Verdict.valueOf(verdict));
  }

  private static PerformanceResult result(ResultSet row) throws SQLException {
    return new PerformanceResult(
        row.getString("target"),
        row.getString("category"),
        row.getString("test"),
        row.getString("what"),
        row.getString("load"),
        row.getString("measure"),
        row.getObject("figure", Double.class),
        Unit.valueOf(row.getString("unit")),
        Better.valueOf(row.getString("better")),
        row.getDouble("pass"),
        row.getDouble("critical"),
        Verdict.valueOf(row.getString("verdict")),
        row.getString("detail"));
  }
}
