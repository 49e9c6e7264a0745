package io.refdata.persistence.index.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.index.Indexes;
import io.refdata.persistence.index.InvalidIndexes;
import io.refdata.persistence.index.advice.AdviseIndexes;
import io.refdata.persistence.index.advice.LiveStatements;
import io.refdata.persistence.index.advice.MissingIndexes;
import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendations;
import io.refdata.persistence.index.advice.SpareIndexes;
import io.refdata.persistence.upkeep.OptimizationLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class TryIndexesIT {
  private static final TrialRules RULES =
      new TrialRules(20, Duration.ofHours(1), 0.5, Duration.ofMinutes(1), Duration.ofMillis(100));

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static Recommendations recommendations;
  private static AdviseIndexes advice;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    recommendations = new Recommendations(jdbi);
    LiveStatements live = new LiveStatements(jdbi);
    advice =
        new AdviseIndexes(
            new MissingIndexes(jdbi, live),
            new SpareIndexes(jdbi, new Indexes(jdbi), live),
            recommendations,
            new OptimizationLog(jdbi));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static TryIndexes trials(TrialRules rules) {
    return new TryIndexes(
        recommendations,
        new Builds(jdbi, new InvalidIndexes(jdbi)),
        new Measurements(jdbi, new LiveStatements(jdbi)),
        new OptimizationLog(jdbi),
        rules);
  }

  private static void execute(String... statements) {
    jdbi.useHandle(
        handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
        });
  }

  /** Calls a statement as clients do. */
  private static void call(String sql, int value, int times) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < times; i++) {
        statement.setInt(1, value);
        statement.executeQuery().close();
      }
    }
  }

  private static Recommendation missing(String table) {
    advice.run(step -> {});
    return recommendations.all().list().stream()
        .filter(one -> one.table().equals(table) && one.kind() == Kind.MISSING)
        .findFirst()
        .orElseThrow();
  }

  private static Recommendation now(Recommendation one) {
    return recommendations.find(one.id()).orElseThrow();
  }

  private static void apply(Recommendation one) {
    assertThat(recommendations.move(one.id(), Set.of(State.OPEN), State.APPLYING, null)).isTrue();
  }

  private static long indexes(String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from performance_monitoring.physical_index where " + condition)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void anIndexThatIsMissingUnderLoadIsFoundTriedAndAdopted() throws Exception {
    execute(
        "create table public.wanted (a integer, b text)",
        "insert into public.wanted select i, repeat('x', 50) from generate_series(1, 100000) i",
        "vacuum analyze public.wanted");
    String sql = "select b from public.wanted where a = ?";
    call(sql, 5, 200);
    Recommendation one = missing("public.wanted");
    assertThat(one.form()).isEqualTo("USING btree (a)");
    assertThat(one.gain()).isGreaterThan(0.9);
    assertThat(one.writes().share()).isPositive();

    apply(one);
    trials(RULES).run(step -> {});
    assertThat(now(one).state()).isEqualTo(State.MEASURING);
    call(sql, 5, 25);
    trials(RULES).run(step -> {});
    assertThat(now(one).state()).as(now(one).toString()).isEqualTo(State.ADOPTED);
    assertThat(now(one).measured()).isNotNull();
    assertThat(indexes("table_name = 'public.wanted' and is_valid")).isEqualTo(1);
    assertThat(recommendations.steps(one.id()))
        .extracting(Recommendations.TrialStep::outcome)
        .containsOnly("DONE")
        .hasSizeGreaterThanOrEqualTo(2);
  }

  /**
   * The planner expects few rows of a value; the live calls ask for the one that most rows have.
   */
  @Test
  void aTrialThatMissesItsPromiseIsUndone() throws Exception {
    execute(
        "create table public.skewed (a integer, b text)",
        "insert into public.skewed select case when i % 20 = 0 then i else 0 end, repeat('x', 50)"
            + " from generate_series(1, 100000) i",
        "vacuum analyze public.skewed");
    String sql = "select count(b) from public.skewed where a = ?";
    call(sql, 0, 200);
    Recommendation one = missing("public.skewed");
    apply(one);
    trials(RULES).run(step -> {});
    call(sql, 0, 40);
    trials(RULES).run(step -> {});
    assertThat(now(one).state()).as(now(one).toString()).isEqualTo(State.UNDONE);
    assertThat(indexes("table_name = 'public.skewed'")).isZero();
  }

  @Test
  void aTrialWithTooFewCallsIsLeftToTheOperator() throws Exception {
    execute(
        "create table public.rare (a integer, b text)",
        "insert into public.rare select i, repeat('x', 50) from generate_series(1, 100000) i",
        "vacuum analyze public.rare");
    call("select b from public.rare where a = ?", 5, 200);
    Recommendation one = missing("public.rare");
    apply(one);
    TrialRules brief =
        new TrialRules(20, Duration.ZERO, 0.5, Duration.ofMinutes(1), Duration.ofMillis(100));
    trials(brief).run(step -> {});
    trials(brief).run(step -> {});
    assertThat(now(one).state()).isEqualTo(State.UNDECIDED);
    recommendations.move(one.id(), Set.of(State.UNDECIDED), State.UNDOING, null);
    trials(brief).run(step -> {});
    assertThat(now(one).state()).isEqualTo(State.UNDONE);
    assertThat(indexes("table_name = 'public.rare'")).isZero();
  }

  @Test
  void anAdoptedIndexOfPartitionsIsThatOfTheirTable() throws Exception {
    execute(
        "create table public.split (a integer, b text) partition by range (a)",
        "create table public.split_1 partition of public.split for values from (0) to (100000)",
        "create table public.split_2 partition of public.split for values from (100000) to"
            + " (200000)",
        "insert into public.split select i, (i % 5000)::text from generate_series(0, 199999) i",
        "vacuum analyze public.split_1",
        "vacuum analyze public.split_2");
    String sql = "select a from public.split_1 where b = ?::text";
    call(sql, 7, 200);
    Recommendation one = missing("public.split");
    apply(one);
    trials(RULES).run(step -> {});
    assertThat(indexes("table_name = 'public.split' and root_index_id = index_id")).isEqualTo(2);
    execute(
        "create table public.split_3 partition of public.split for values from (200000) to"
            + " (300000)");
    call(sql, 7, 25);
    trials(RULES).run(step -> {});
    assertThat(now(one).state()).as(now(one).toString()).isEqualTo(State.ADOPTED);
    assertThat(indexes("table_name = 'public.split' and is_valid")).isEqualTo(4);
    assertThat(indexes("table_name = 'public.split' and root_index_id = index_id")).isEqualTo(1);
  }

  @Test
  void aBuildThatIsCutOffLeavesNothing() throws Exception {
    execute(
        "create table public.cut (a integer, b text)",
        "insert into public.cut select i, repeat('x', 50) from generate_series(1, 100000) i",
        "vacuum analyze public.cut");
    call("select b from public.cut where a = ?", 5, 200);
    Recommendation one = missing("public.cut");
    apply(one);
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("insert into public.cut values (0, '')");
      CompletableFuture<Void> trial =
          CompletableFuture.runAsync(() -> trials(RULES).run(step -> {}));
      await().until(() -> indexes("table_name = 'public.cut' and not is_valid") == 1);
      execute(
          "select pg_terminate_backend(pid) from pg_stat_progress_create_index"
              + " where relid = 'public.cut'::regclass");
      writer.rollback();
      trial.join();
    }
    assertThat(indexes("table_name = 'public.cut'")).isZero();
    assertThat(now(one).state()).isEqualTo(State.FAILED);
    assertThat(recommendations.steps(one.id()))
        .extracting(Recommendations.TrialStep::outcome)
        .contains("FAILED");
  }

  @Test
  void aForeignKeyWithoutAnIndexIsNamed() {
    execute(
        "create table public.owner (id integer primary key)",
        "create table public.owned (owner_id integer references public.owner, b text)",
        "insert into public.owner select generate_series(1, 20000)",
        "insert into public.owned select i, repeat('x', 50) from generate_series(1, 20000) i",
        "vacuum analyze public.owned");
    Recommendation one = missing("public.owned");
    assertThat(one.form()).isEqualTo("USING btree (owner_id)");
    assertThat(one.reason()).contains("owned_owner_id_fkey");
    assertThat(one.ddl()).startsWith("create index concurrently ");
  }
}
