package io.refdata.persistence.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.AlertedDatabase;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.sql.StatementTimes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each rule, with a situation that it is for, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init")
class AlertRulesIT {
  private static AlertedDatabase database;

  @BeforeAll
  static void start() {
    database = new AlertedDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static List<Situation> evaluate(AlertRule rule) {
    return database.session.with(rule::evaluate);
  }

  private static void execute(String... statements) {
    database.jdbi.useHandle(
        handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
        });
  }

  private static long load(String target, String state, String more, String values) {
    execute(
        """
        insert into raw.payload (bytes, sha256, media_type, path) values (1, '\\x00', 'text/csv', 'none')
        """);
    return database.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into raw.load (payload_id, max_reject_ratio, max_delete_ratio, target, definition, mode, by, state<more>)
                    select max(id), 1, 1, :target, '{}', 'UPSERT', 'test', :state<values> from raw.payload
                    returning id
                    """
                        .replace("<more>", more)
                        .replace("<values>", values))
                .bind("target", target)
                .bind("state", state)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void aFailedLoadIsOneUntilALaterOneSucceeds() {
    LoadFailed rule = new LoadFailed();
    long failed =
        load("EMISSIONS", "FAILED", ", finished_at, message", ", now(), 'Too many rejects'");
    load("EMISSIONS", "FAILED", ", finished_at, message", ", now(), 'Too many rejects'");
    load("OLD", "FAILED", ", finished_at", ", now() - interval '2 days'");
    load("TRIED", "FAILED", ", finished_at, dry_run", ", now(), true");
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).isEqualTo(Map.of("target", "EMISSIONS"));
              assertThat(one.value()).isEqualTo(2);
              assertThat(one.reason()).contains("Load " + (failed + 1), "Too many rejects");
            });
    load("EMISSIONS", "COMPLETED", ", finished_at", ", now()");
    assertThat(evaluate(rule)).isEmpty();
  }

  @Test
  void aLoadThatDoesNotGoOnIsStuck() {
    LoadStuck rule = new LoadStuck();
    long waiting = load("STUCK", "RECEIVED", ", received_at", ", now() - interval '2 hours'");
    long behind = load("STUCK", "RECEIVED", ", received_at", ", now() - interval '2 hours'");
    long running =
        load(
            "GOES_ON",
            "STAGING",
            ", received_at, started_at",
            ", now() - interval '2 hours', now()");
    List<Situation> found = evaluate(rule);
    assertThat(found)
        .filteredOn(one -> one.labels().containsValue(Long.toString(waiting)))
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isBetween(7_190.0, 7_300.0));
    assertThat(found).noneMatch(one -> one.labels().containsValue(Long.toString(behind)));
    assertThat(found)
        .filteredOn(one -> one.labels().containsValue(Long.toString(running)))
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isLessThan(60));
    execute("update raw.load set state = 'STOPPED', finished_at = now() where state <> 'FAILED'");
    assertThat(evaluate(rule)).isEmpty();
  }

  @Test
  void anOpenTransactionHasALength() {
    LongTransactions rule = new LongTransactions();
    try (Handle other = database.jdbi.open()) {
      other.begin();
      int pid = other.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
      await()
          .untilAsserted(
              () ->
                  assertThat(evaluate(rule))
                      .singleElement()
                      .satisfies(
                          one -> {
                            assertThat(one.value()).isGreaterThan(0.2);
                            assertThat(one.reason())
                                .contains("session " + pid, "idle in transaction");
                          }));
      other.rollback();
    }
    assertThat(evaluate(rule)).isEmpty();
  }

  @Test
  void aSessionThatWaitsForALockIsFound() throws Exception {
    LockWait rule = new LockWait();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    execute("create table public.locked (id integer)");
    try (Handle holder = database.jdbi.open()) {
      holder.begin();
      int pid = holder.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
      holder.execute("lock table public.locked");
      Future<?> waiting = threads.submit(() -> execute("insert into public.locked values (1)"));
      await()
          .untilAsserted(
              () ->
                  assertThat(evaluate(rule))
                      .singleElement()
                      .satisfies(
                          one -> {
                            assertThat(one.value()).isGreaterThan(0.2);
                            assertThat(one.reason())
                                .contains("a lock of session " + pid, "public.locked");
                          }));
      holder.rollback();
      waiting.get();
    } finally {
      threads.shutdown();
    }
    assertThat(evaluate(rule)).isEmpty();
  }

  @Test
  void anInvalidIndexIsFound() {
    execute(
        "create table public.doubled (id integer)", "insert into public.doubled values (1), (1)");
    try {
      execute("create unique index concurrently doubled_id on public.doubled (id)");
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("could not create unique index");
    }
    assertThat(evaluate(new InvalidIndex()))
        .singleElement()
        .satisfies(one -> assertThat(one.labels()).isEqualTo(Map.of("index", "public.doubled_id")));
    execute("drop index public.doubled_id");
    assertThat(evaluate(new InvalidIndex())).isEmpty();
  }

  @Test
  void aFailedTaskIsOneUntilItsNextRun() {
    execute(
        """
        insert into performance_monitoring.schedule (task, every, ended_at, outcome, detail)
        values ('BREAKS', '1 hour', now(), 'FAILED', 'disk full')
        """);
    assertThat(evaluate(new TaskFailed()))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("task BREAKS", "disk full"));
    execute("delete from performance_monitoring.schedule where task = 'BREAKS'");
    assertThat(evaluate(new TaskFailed())).isEmpty();
  }

  @Test
  void slowStatementsAreFoundByTheirNames() {
    SlowQueries rule = new SlowQueries();
    call("Slow.read", 20, 3_000);
    assertThat(evaluate(rule)).as("the first look").isEmpty();
    call("Slow.read", 20, 1_000);
    call("Fast.read", 20, 2);
    call("Rare.read", 2, 5_000);
    call("connection", 20, 5_000);
    assertThat(evaluate(rule))
        .filteredOn(one -> one.value() >= 500)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).isEqualTo(Map.of("query", "Slow.read"));
              assertThat(one.value()).isBetween(1_000.0, 1_126.0);
            });
    assertThat(evaluate(rule)).as("it is over").filteredOn(one -> one.value() >= 500).isEmpty();
  }

  private static void call(String statement, int times, long millis) {
    for (int i = 0; i < times; i++) {
      StatementTimes.of(statement).record(TimeUnit.MILLISECONDS.toNanos(millis), null);
    }
  }

  @Test
  void partitionsThatTheTaskHasNotCreatedAreMissing() {
    PartitionsMissing rule = new PartitionsMissing();
    execute(
        """
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval, premake)
        overriding system value values (7, 'AHEAD', 'Ahead', 'D', '{a}', '{indicators}', 'YEAR', 2);
        select curated.attach_dataset(7);
        select curated.attach_partition(7, date_trunc('year', now(), 'UTC'));
        insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test');
        insert into curated.observation_7 (time, value, dataset_id, series_id, rev)
        values (date_trunc('year', now(), 'UTC'), 1, 7, 1, 1000001);
        insert into curated.series (id, dataset_id, rev, key, dimensions, first, last)
        overriding system value
        values (1, 7, 1000001, 'S', array['S'], date_trunc('year', now(), 'UTC'), date_trunc('year', now(), 'UTC'));
        select curated.count_observations(7)
        """,
        """
        insert into performance_monitoring.schedule (task, every) values ('PARTITIONS', '1 hour')
        """);
    assertThat(evaluate(rule)).as("the task has not run yet").isEmpty();
    execute(
        "update performance_monitoring.schedule set began_at = now() where task = 'PARTITIONS'");
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).isEqualTo(Map.of("dataset", "AHEAD"));
              assertThat(one.value()).isEqualTo(2);
            });
    execute("select * from performance_monitoring.create_partitions('AHEAD')");
    assertThat(evaluate(rule)).isEmpty();
  }

  @Test
  void theDatabaseHasTheBytesThatItMayHave() {
    assertThat(evaluate(new DatabaseDiskLow(0))).isEmpty();
    assertThat(evaluate(new DatabaseDiskLow(1L << 50)))
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isLessThan(1));
    assertThat(evaluate(new DatabaseDiskLow(1)))
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isEqualTo(100));
  }

  @Test
  void aReceiverThatDoesNotTakeAlertsIsStalled() {
    database.outbox.begin();
    assertThat(evaluate(new OutboxStalled())).isEmpty();
    execute(
        """
        insert into performance_monitoring.alert
               (began_at, opened_at, seen_at, value, state, severity, rule, fingerprint, reason, look, labels)
        values (now(), now(), now(), 1, 'OPEN', 'WARNING', 'X', 'x', 'x', '/', '{}')
        """,
        """
        insert into performance_monitoring.alert_delivery (alert_id, created_at, target, body)
        select id, now() - interval '5 minutes', '%s', '{}' from performance_monitoring.alert
        """
            .formatted(AlertedDatabase.RECEIVER.target()));
    assertThat(evaluate(new OutboxStalled()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).containsEntry("receiver", "webhook localhost:1");
              assertThat(one.value()).isGreaterThanOrEqualTo(300);
            });
    execute("delete from performance_monitoring.alert");
  }

  @Test
  void aReceiverThatWantsNoMoreIsStalledUntilTheSettingsHaveAnother() {
    execute(
        """
        insert into performance_monitoring.alert_target (target, name, stopped_at, detail)
        values ('gone', 'webhook gone', now() - interval '5 hours', 'It answered 410 Gone')
        """);
    assertThat(evaluate(new OutboxStalled()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).containsEntry("receiver", "webhook gone");
              assertThat(one.value()).isGreaterThanOrEqualTo(18_000);
            });
    database.outbox.begin();
    assertThat(evaluate(new OutboxStalled())).isEmpty();
  }

  @Test
  void aFullPoolIsAtItsEnd() throws SQLException {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(database.url())
                                    .principal(new NamePrincipal(database.user()))
                                    .credential(new SimplePassword(database.password()))));
    try (AgroalDataSource pool = AgroalDataSource.from(configuration.metricsEnabled().get())) {
      PoolNearEnd rule = new PoolNearEnd(pool);
      assertThat(evaluate(rule).get(0).value()).isZero();
      try (var one = pool.getConnection();
          var two = pool.getConnection()) {
        assertThat(one.isValid(1) && two.isValid(1)).isTrue();
        assertThat(evaluate(rule).get(0).value()).isEqualTo(100);
      }
      assertThat(evaluate(rule).get(0).value()).isZero();
    }
  }

  @Test
  void theFiguresOfTheNodeAreShares() {
    GarbageCollections collections = new GarbageCollections();
    collections.leastLeft();
    System.gc();
    await().until(() -> collections.leastLeft() > 0);
    GcHigh garbage = new GcHigh();
    assertThat(evaluate(garbage)).isEmpty();
    assertThat(
            List.of(
                evaluate(new MemoryHigh(collections)), evaluate(garbage), evaluate(new DiskLow())))
        .allSatisfy(
            found ->
                assertThat(found)
                    .singleElement()
                    .satisfies(one -> assertThat(one.value()).isBetween(0.0, 100.0)));
    assertThat(evaluate(new ProcessorHigh()))
        .allSatisfy(one -> assertThat(one.value()).isBetween(0.0, 100.0));
    collections.end();
  }
}
