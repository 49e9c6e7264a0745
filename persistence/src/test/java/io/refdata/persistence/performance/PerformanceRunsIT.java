package io.refdata.persistence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.performance.PerformanceRun.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runs on record, and what the database tells of its speed. */
@SuppressWarnings("NullAway.Init")
class PerformanceRunsIT {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final List<String> TESTS = List.of("query-times");

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static PerformanceRuns runs;
  private static PerformanceFigures figures;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    runs = new PerformanceRuns(jdbi);
    figures = new PerformanceFigures(jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void execute(String... commands) {
    jdbi.useHandle(
        handle -> {
          for (String command : commands) {
            handle.execute(command);
          }
        });
  }

  @Test
  void aRunIsOnRecordWithItsResults() {
    List<Target> targets = Targets.ofRunningSystem().of(TESTS);
    UUID id = runs.begin(AskedBy.CALL, TESTS, targets.size());
    assertThat(runs.running()).hasValue(id);
    assertThatThrownBy(() -> runs.begin(AskedBy.SCHEDULE, TESTS, 1))
        .hasMessageContaining("performance_run_running");
    List<PerformanceResult> results =
        List.of(
            PerformanceResult.of(targets.get(0), 12.5, "20 requests"),
            PerformanceResult.of(targets.get(1), null, "There is no facility."),
            PerformanceResult.failed(targets.get(2), "it answered 503"));
    runs.add(id, results.subList(0, 1));
    assertThat(runs.find(id).orElseThrow().run().done()).isEqualTo(1);
    runs.add(id, results.subList(1, 3));
    runs.end(id, Verdict.CRITICAL, KEPT);
    PerformanceRuns.Report report = runs.find(id).orElseThrow();
    assertThat(report.results()).isEqualTo(results);
    assertThat(report.run().state()).isEqualTo(State.ENDED);
    assertThat(report.run().endedAt()).isAfterOrEqualTo(report.run().beganAt());
    assertThat(report.run().verdict()).isEqualTo(Verdict.CRITICAL);
    assertThat(report.run().tests()).isEqualTo(TESTS);
    assertThat(runs.running()).isEmpty();

    UUID later = runs.begin(AskedBy.SCHEDULE, TESTS, 3);
    runs.cutOff();
    assertThat(runs.list(null, 2)).extracting(PerformanceRun::id).containsExactly(later, id);
    assertThat(runs.list(later, 1)).extracting(PerformanceRun::id).containsExactly(id);
    assertThat(runs.list(null, 1).get(0).state()).isEqualTo(State.CUT_OFF);
    assertThat(runs.list(null, 1).get(0).verdict()).isNull();

    execute(
        "update performance_monitoring.performance_run set began_at = now() - interval '2 days'");
    UUID last = runs.begin(AskedBy.CALL, TESTS, 3);
    runs.end(last, Verdict.PASS, KEPT);
    assertThat(runs.list(null, 10)).extracting(PerformanceRun::id).containsExactly(last);
    assertThat(runs.find(id)).isEmpty();
  }

  @Test
  void partitionsOfOtherYearsAreLeftOut() {
    assertThat(figures.partitionsRead("PLANNED", 2002)).isEmpty();
    assertThat(figures.partitionsAhead()).isEmpty();
    execute(
        """
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
        overriding system value values (77, 'PLANNED', 'Planned', 'D', '{a}', '{indicators}', 'YEAR')
        """,
        "select curated.attach_dataset(77)",
        "select curated.attach_partition(77, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from"
            + " generate_series(2001, 2003) y");
    PerformanceFigures.Figure read = figures.partitionsRead("PLANNED", 2002).orElseThrow();
    assertThat(read.value()).isEqualTo(1);
    assertThat(read.detail()).isEqualTo("1 in the plan, 1 have the year, 3 in all");
    execute(
        """
        insert into curated.series (dataset_id, rev, key, dimensions, earliest, latest)
        values (77, 1, 'x', '{x}', '2001-01-01Z', '2003-06-01Z')
        """);
    assertThat(figures.partitionsAhead().orElseThrow().value()).isZero();
    execute("select curated.attach_partition(77, '2004-01-01Z')");
    assertThat(figures.partitionsAhead().orElseThrow().value()).isEqualTo(1);
    assertThat(figures.partitionsAhead().orElseThrow().detail()).isEqualTo("1 of 1 datasets");
  }

  @Test
  void theLargeTableThatIsReadWithoutIndexesIsNamed() {
    execute(
        "create table ref.unread (id integer, a integer) with (autovacuum_enabled = off)",
        "insert into ref.unread select i, i from generate_series(1, 20000) i",
        "analyze ref.unread",
        "do $$ begin for i in 1..120 loop perform count(*) from ref.unread where a = i; end loop;"
            + " end $$",
        "select pg_stat_force_next_flush()");
    PerformanceFigures.Figure worst = figures.leastIndexScans().orElseThrow();
    assertThat(worst.value()).isZero();
    assertThat(worst.detail()).startsWith("ref.unread: 0 of 1");
    execute("drop table ref.unread");
    assertThat(figures.pagesInMemory().orElseThrow().value()).isBetween(0.0, 1.0);
  }
}
