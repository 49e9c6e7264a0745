package io.refdata.persistence.partition.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.persistence.Database;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Outcome;
import io.refdata.persistence.upkeep.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creates and retires partitions on a real PostgreSQL, beside readers, writers and kills. */
@SuppressWarnings("NullAway.Init")
class PartitionUpkeepIT {
  private static final int YEARS = 6;
  private static final int KILLS = Integer.getInteger("kills", 5);

  /**
   * One observation a day in this year and the years before, of two series; the first ended early.
   */
  private static final String FILL =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval, premake)
      overriding system value values (7, 'KEPT', 'Kept', 'D', '{a}', '{indicators}', 'YEAR', 2);
      select curated.attach_dataset(7);
      select curated.attach_partition(7, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(%1$d, %2$d) y;
      insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test');
      select setval('ref.revision_rev_seq', 1000001);
      insert into curated.observation_7 (time, value, dataset_id, series_id, rev)
      select t at time zone 'UTC', 1, 7, s, 1000001
        from generate_series(1, 2) s,
             generate_series(timestamp '%1$d-01-01',
                             case s when 1 then timestamp '%1$d-12-31' else timestamp '%2$d-01-01' end, '1 day') t;
      insert into curated.series (id, dataset_id, rev, key, dimensions, first, last)
      overriding system value
      select s, 7, 1000001, 'S' || s, array['S' || s], '%1$d-01-01Z',
             case s when 1 then timestamptz '%1$d-12-31Z' else timestamptz '%2$d-01-01Z' end
        from generate_series(1, 2) s;
      select curated.count_observations(7);
      """;

  private MigratedDatabase database;
  private Jdbi jdbi;
  private PartitionUpkeep upkeep;

  @BeforeEach
  void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    jdbi.useHandle(handle -> handle.execute(FILL.formatted(year - YEARS + 1, year)));
    upkeep =
        new PartitionUpkeep(
            jdbi,
            new OptimizationLog(jdbi),
            new Retirement(jdbi, new Versions()),
            new SeriesLeftBehind(jdbi, new Versions()),
            new RetiredTables(jdbi));
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void partitionsAreCreatedAheadOfTheLatestObservation() {
    assertThat(run()).containsExactly("CREATE_PARTITIONS KEPT DONE");
    assertThat(partitions().all()).hasSize(YEARS + 2);
    assertThat(run()).isEmpty();
  }

  @Test
  void whatIsOlderThanTheRetentionLeavesTheDataset() {
    retain("P3Y", "DETACH");
    assertThat(run())
        .containsExactly(
            "CREATE_PARTITIONS KEPT DONE",
            "RETIRE_PARTITIONS KEPT DONE",
            "ADJUST_SERIES KEPT DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE",
            "ARCHIVE_PARTITION DONE");
    assertThat(
            number(
                "select count(*) from curated.observation_7 where time < now() - interval '4"
                    + " years'"))
        .isZero();
    assertThat(
            number(
                "select count(*) from pg_class where relnamespace = 'archive'::regnamespace and"
                    + " relkind = 'r'"))
        .isEqualTo(4);
    assertThat(
            number(
                """
                select count(*)
                  from curated.series s
                  left join (select series_id, count(*) as rows, min(time) as earliest, max(time) as latest
                               from curated.observation_7 group by series_id) o on o.series_id = s.id
                 where (s.observations, s.earliest, s.latest)
                       is not distinct from (coalesce(o.rows, 0), o.earliest, o.latest)
                """))
        .isEqualTo(2);
    assertThat(run()).isEmpty();
  }

  @Test
  void droppedPartitionsLeaveNothing() {
    retain("P2Y", "DROP");
    run();
    assertThat(number("select count(*) from pg_class where relnamespace = 'archive'::regnamespace"))
        .isZero();
    assertThat(number("select count(*) from curated.retired_partition where gone_at is not null"))
        .isEqualTo(2 * (YEARS - 3));
  }

  @Test
  void whoAsksForWhatIsGoneIsTold() {
    retain("P3Y", "DROP");
    int before = (int) number("select max(rev) from ref.revision where topic = 7");
    run();
    Partitions left = partitions();
    Instant boundary = left.all().get(0).lower();
    assertThat(gone(() -> left.requireKept(boundary.minusSeconds(1), null))).isTrue();
    assertThat(gone(() -> left.requireKept(null, before))).isTrue();
    assertThat(gone(() -> left.requireKept(boundary.minusSeconds(1), before))).isTrue();
    assertThat(gone(() -> left.requireKept(boundary, before))).isFalse();
    assertThat(gone(() -> left.requireKept(null, null))).isFalse();
    assertThat(gone(() -> left.requireKept(null, before + 1))).isFalse();
  }

  private static boolean gone(ThrowableAssert.ThrowingCallable request) {
    return org.assertj.core.api.Assertions.catchThrowable(request) instanceof RetiredObservations;
  }

  @Test
  void aRetirementComesAfterTheWriterThatIsThere() {
    retain("P3Y", "DROP");
    try (var writer = jdbi.open()) {
      writer.begin();
      writer.execute("select ref.lock_topic(7)");
      assertThat(run()).contains("RETIRE_PARTITIONS KEPT POSTPONED");
      assertThat(partitions().retired()).isNull();
      writer.rollback();
    }
    assertThat(run()).contains("RETIRE_PARTITIONS KEPT DONE");
  }

  /** A reader of a table holds up its removal, not its retirement. */
  @Test
  void aReaderKeepsItsTableUntilItEnds() {
    retain("P3Y", "DROP");
    String first = partitions().all().get(0).values();
    try (var reader = jdbi.open()) {
      reader.begin();
      reader.execute("select * from " + first + " limit 1");
      assertThat(run())
          .contains(
              "RETIRE_PARTITIONS KEPT DONE", "DROP_PARTITION POSTPONED", "DROP_PARTITION DONE");
      reader.rollback();
    }
    assertThat(run()).contains("DROP_PARTITION DONE").doesNotContain("DROP_PARTITION POSTPONED");
    assertEnded();
  }

  /** Someone's own transaction on the dataset's table holds the detachment up; it goes on later. */
  @Test
  void aDetachmentThatIsCutOffIsFinished() {
    retain("P3Y", "DETACH");
    try (var person = jdbi.open()) {
      person.begin();
      person.execute("select * from curated.observation_7 limit 1");
      assertThat(run()).contains("ARCHIVE_PARTITION POSTPONED");
      assertThat(number("select count(*) from pg_inherits where inhdetachpending")).isOne();
      person.rollback();
    }
    assertThat(run())
        .contains("ARCHIVE_PARTITION DONE")
        .doesNotContain("ARCHIVE_PARTITION POSTPONED");
    assertEnded();
  }

  @Test
  void oneDatasetDoesNotStopAnother() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.dataset
                       (id, code, name, frequency, dimension_codes, dimension_values, interval, retention)
                overriding system value
                values (6, 'BROKEN', 'Broken', 'D', '{a}', '{indicators}', 'YEAR', 'P1Y')
                """));
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into curated.partition (lower, upper, dataset_id, kind, leaf)
                values ('1990-01-01Z', '1991-01-01Z', 6, 'VALUE', 'no_such_table')
                """));
    retain("P3Y", "DROP");
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                create function fail() returns trigger language plpgsql as
                $$ begin raise exception 'broken'; end $$;
                create trigger fail before insert on curated.retired_partition
                  for each row when (new.dataset_id = 6) execute function fail()
                """));
    assertThat(run())
        .contains("RETIRE_PARTITIONS BROKEN FAILED", "RETIRE_PARTITIONS KEPT DONE")
        .doesNotContain("RETIRE_PARTITIONS KEPT FAILED");
  }

  /** Sessions are ended again and again while partitions are retired; nothing is left half done. */
  @Test
  void killsInItsMidstLeaveNothingHalfDone() throws InterruptedException {
    for (int i = 0; i < KILLS; i++) {
      jdbi.useHandle(handle -> handle.execute("select curated.attach_partition(7, '1950-01-01Z')"));
      jdbi.useHandle(handle -> handle.execute("delete from curated.retired_partition"));
      retain("P3Y", "DETACH");
      killWhileItRuns();
      run();
      assertEnded();
    }
  }

  private void killWhileItRuns() throws InterruptedException {
    AtomicBoolean running = new AtomicBoolean(true);
    Thread worker =
        new Thread(
            () -> {
              try {
                upkeep.run(step -> {});
              } catch (RuntimeException e) {
                // The session was ended.
              } finally {
                running.set(false);
              }
            });
    worker.start();
    LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 60)).toNanos());
    try (Connection killer = database.dataSource().getConnection();
        var statement = killer.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    worker.join();
    assertThat(running).isFalse();
  }

  private void assertEnded() {
    assertThat(number("select count(*) from pg_inherits where inhdetachpending")).isZero();
    assertThat(number("select count(*) from curated.retired_partition where gone_at is null"))
        .isZero();
    assertThat(
            number(
                """
                select count(*) from pg_class c
                 where relnamespace = 'curated'::regnamespace and relkind = 'r' and relname ~ '^observation'
                   and not exists (select from curated.partition where leaf = relname)
                """))
        .isZero();
  }

  private void retain(String retention, String onExpiry) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.dataset set retention = ?, on_expiry = ? where id = 7",
                retention,
                onExpiry));
  }

  private List<String> run() {
    List<String> steps = new ArrayList<>();
    upkeep.run(step -> steps.add(told(step)));
    return steps;
  }

  private static String told(Step step) {
    assertThat(step.outcome() == Outcome.DONE || step.detail() != null).isTrue();
    return step.subject().startsWith("observation")
        ? step.task() + " " + step.outcome()
        : step.task() + " " + step.subject() + " " + step.outcome();
  }

  private Partitions partitions() {
    return jdbi.withHandle(handle -> new PartitionTables(handle, 7).find());
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
