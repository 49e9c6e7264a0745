package io.refdata.persistence.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Schedules;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.persistence.upkeep.Task.Pace;
import io.refdata.persistence.upkeep.Tasks;
import io.refdata.persistence.upkeep.Turn;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that need to be analyzed or vacuumed, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init")
class TableTasksIT {
  private static MaintainedDatabase database;
  private static Analyze analyze;
  private static Vacuum vacuum;

  @BeforeAll
  static void start() {
    database = new MaintainedDatabase();
    analyze = new Analyze(database.jdbi, database.chores());
    vacuum = new Vacuum(database.jdbi, database.chores());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void create(String table) {
    database.execute(
        "create table public.%s (id integer, text text) with (autovacuum_enabled = off)"
            .formatted(table),
        "insert into public.%s select i, repeat('x', 50) from generate_series(1, 2000) i"
            .formatted(table));
  }

  @Test
  void aPartitionedTableThatWasNeverAnalyzedIs() {
    database.execute(
        "create table public.divided (id integer) partition by range (id)",
        "create table public.divided_1 partition of public.divided for values from (0) to (10000)",
        "insert into public.divided select generate_series(1, 5000)",
        "analyze public.divided_1");
    assertThat(MaintainedDatabase.steps(analyze::run)).contains("public.divided DONE");
    assertThat(
            database.text(
                "select count(*) from pg_stats where tablename = 'divided' and inherited"))
        .isEqualTo("1");
    assertThat(MaintainedDatabase.steps(analyze::run)).noneMatch(step -> step.contains("divided"));

    database.execute("insert into public.divided select generate_series(5001, 9000)");
    assertThat(MaintainedDatabase.steps(analyze::run)).contains("public.divided DONE");
  }

  @Test
  void aTableWithoutStatisticsAndOneWithManyChangesAreAnalyzed() {
    create("changing");
    assertThat(MaintainedDatabase.steps(analyze::run)).contains("public.changing DONE");
    assertThat(MaintainedDatabase.steps(analyze::run)).noneMatch(step -> step.contains("changing"));
    database.execute("update public.changing set text = 'y' where id <= 100");
    assertThat(MaintainedDatabase.steps(analyze::run)).noneMatch(step -> step.contains("changing"));
    database.execute("update public.changing set text = 'y' where id <= 1000");
    assertThat(MaintainedDatabase.steps(analyze::run)).contains("public.changing DONE");
    assertThat(lastDetail("public.changing")).isEqualTo("1100 rows changed of 2000");
  }

  private static String lastDetail(String subject) {
    return database.text(
        "select detail from performance_monitoring.optimization_log where subject = '%s' order by id desc limit 1"
            .formatted(subject));
  }

  @Test
  void deadRowsThatAutovacuumHasNotReachedAreRemoved() {
    create("dying");
    database.execute("vacuum public.dying", "delete from public.dying where id <= 1500");
    assertThat(MaintainedDatabase.steps(vacuum::run)).contains("public.dying DONE");
    assertThat(lastDetail("public.dying")).isEqualTo("1500 dead rows beside 2000");
    assertThat(MaintainedDatabase.steps(vacuum::run)).noneMatch(step -> step.contains("dying"));
  }

  @Test
  void aTableIsFrozenBeforeItMustBe() {
    create("ageing");
    String before = database.text("select relfrozenxid from pg_class where relname = 'ageing'");
    Vacuum early = new Vacuum(database.jdbi, database.chores(), MaintainedDatabase.rules(-1));
    assertThat(MaintainedDatabase.steps(early::run)).contains("public.ageing DONE");
    assertThat(database.text("select relfrozenxid from pg_class where relname = 'ageing'"))
        .isNotEqualTo(before);
    assertThat(lastDetail("public.ageing")).isEqualTo("0 % of the way to a forced freeze");
  }

  @Test
  void aTableThatFailsAndOneThatIsHeldDoNotStopTheNext() throws Exception {
    create("a_broken");
    create("b_held");
    create("c_sound");
    database.execute(
        "create function public.of(integer) returns integer immutable language sql return $1",
        "create index on public.a_broken (public.of(id))",
        "create or replace function public.of(integer) returns integer immutable language sql"
            + " return $1 / 0");
    try (Connection person = database.connect();
        Statement statement = person.createStatement()) {
      person.setAutoCommit(false);
      statement.execute("lock table public.b_held in share update exclusive mode");
      List<String> tables = List.of("public.a_broken", "public.b_held", "public.c_sound");
      assertThat(MaintainedDatabase.steps(done -> analyze.run(tables, done)))
          .containsExactly(
              "public.a_broken FAILED", "public.b_held POSTPONED", "public.c_sound DONE");
    }
    assertThat(lastDetail("public.a_broken")).contains("division by zero");
    database.execute("drop table public.a_broken");
  }

  @Test
  void whatIsLeftWhenTheTimeIsOverWaitsForTheNextRun() {
    create("one");
    create("two");
    Analyze hurried =
        new Analyze(database.jdbi, database.chores(), MaintainedDatabase.withoutTime());
    assertThat(
            MaintainedDatabase.steps(
                done -> hurried.run(List.of("public.one", "public.two"), done)))
        .containsExactly("the rest POSTPONED");
  }

  @Test
  void aTaskRunsOnOneNodeAtATime() {
    Turn here = new Turn(database.jdbi);
    Turn there = new Turn(database.jdbi);
    assertThat(
            here.run(
                analyze.name(), () -> assertThat(there.run(analyze.name(), () -> {})).isFalse()))
        .isTrue();
    assertThat(there.run(analyze.name(), () -> {})).isTrue();
  }

  @Test
  void aTaskThatAnOperatorAsksForInSqlIsRun() {
    Tasks tasks =
        new Tasks(List.<Task>of(analyze), new Schedules(database.jdbi), new Turn(database.jdbi));
    tasks.start();
    tasks.runDue(Pace.LONG);
    create("asked");
    tasks.runDue(Pace.LONG);
    assertThat(steps("public.asked")).isEqualTo("0");
    database.execute(
        "set role refdata_operator",
        "select performance_monitoring.schedule_maintenance('ANALYZE')",
        "reset role");
    tasks.runDue(Pace.SHORT);
    tasks.runDue(Pace.STEADY);
    assertThat(steps("public.asked")).as("of another pace").isEqualTo("0");
    tasks.runDue(Pace.LONG);
    assertThat(steps("public.asked")).isEqualTo("1");
  }

  @Test
  void anErrorEndsOnlyTheRunOfItsTask() {
    Tasks tasks =
        new Tasks(List.of(new FullHeap()), new Schedules(database.jdbi), new Turn(database.jdbi));
    tasks.start();
    assertThat(tasks.run(new FullHeap())).isPresent();
    assertThat(
            database.text(
                "select outcome || ' ' || detail from performance_monitoring.schedule where task ="
                    + " 'FULL_HEAP'"))
        .isEqualTo("FAILED broken on purpose");
    database.execute("delete from performance_monitoring.schedule where task = 'FULL_HEAP'");
  }

  /** A task for which the heap is too small. */
  private static final class FullHeap implements Task {
    @Override
    public String name() {
      return "FULL_HEAP";
    }

    @Override
    public Duration every() {
      return Duration.ofHours(1);
    }

    @Override
    public void run(Consumer<Step> done) {
      throw new OutOfMemoryError("broken on purpose");
    }
  }

  private static String steps(String subject) {
    return database.text(
        "select count(*) from performance_monitoring.optimization_log where subject = '%s'"
            .formatted(subject));
  }

  @Test
  void aNameStandsForATableAndItsPartitions() {
    database.execute(
        "create table public.parts (id integer) partition by range (id)",
        "create table public.parts_1 partition of public.parts for values from (0) to (10)");
    MaintainedTables tables = new MaintainedTables(database.jdbi);
    assertThat(tables.named("parts")).containsExactly("public.parts_1", "public.parts");
    assertThat(tables.named("public.parts_1")).containsExactly("public.parts_1");
    assertThat(tables.named("facility")).containsExactly("ref.facility");
    assertThat(tables.named("pg_class")).isEmpty();
    assertThat(MaintainedDatabase.steps(done -> vacuum.run(tables.named("parts"), done)))
        .containsExactly("public.parts_1 DONE");
  }

  @Test
  void oldRecordsGoAndYoungOnesStay() {
    database.execute(
        """
        insert into raw.payload (id, bytes, sha256, media_type) overriding system value
        values (9001, 1, '', 'text/csv')
        """,
        """
        insert into raw.load (id, payload_id, finished_at, max_reject_ratio, max_delete_ratio, target, definition, mode, state, by)
        overriding system value
        values (9001, 9001, now() - interval '91 days', 0, 0, 'x', '{}', 'UPSERT', 'COMPLETED', 'test'),
               (9002, 9001, now() - interval '89 days', 0, 0, 'x', '{}', 'UPSERT', 'FAILED', 'test'),
               (9003, 9001, null, 0, 0, 'x', '{}', 'UPSERT', 'STAGING', 'test')
        """,
        """
        insert into staging.reject (load_id, line, code, reason, raw)
        select load, line, 'TEST', '', '' from generate_series(9001, 9003) load, generate_series(1, 15000) line
        """,
        """
        insert into performance_monitoring.size_sample (at, bytes, subject)
        values (now() - interval '8 days', 1, 'old'), (now() - interval '6 days', 1, 'young')
        """,
        """
        insert into performance_monitoring.statement_sample (at, calls, slow, total_ms, max_ms, name, buckets, counts)
        values (now() - interval '100 days', 1, 0, 1, 1, 'Old.one', '{1}', '{1}')
        """,
        """
        insert into performance_monitoring.optimization_log (at, seconds, task, subject, outcome)
        values (now() - interval '91 days', 1, 'TEST', 'old', 'DONE'), (now() - interval '89 days', 1, 'TEST', 'young', 'DONE')
        """);
    DeleteOldRecords deletion =
        new DeleteOldRecords(database.jdbi, new OptimizationLog(database.jdbi));
    assertThat(MaintainedDatabase.steps(deletion::run))
        .contains("rejects DONE", "size_sample DONE", "optimization_log DONE")
        .doesNotContain("batch jobs DONE");
    assertThat(
            database.text(
                "select count(*) from performance_monitoring.statement_sample where name ="
                    + " 'Old.one'"))
        .isEqualTo("0");
    assertThat(lastDetail("rejects")).isEqualTo("15,000 rows older than PT2160H");
    assertThat(database.text("select string_agg(distinct load_id::text, ' ') from staging.reject"))
        .isEqualTo("9002 9003");
    assertThat(
            database.text(
                "select string_agg(subject, ' ') from performance_monitoring.size_sample where"
                    + " subject in ('old', 'young')"))
        .isEqualTo("young");
    assertThat(
            database.text(
                "select string_agg(subject, ' ') from performance_monitoring.optimization_log where"
                    + " task = 'TEST'"))
        .isEqualTo("young");
  }
}
