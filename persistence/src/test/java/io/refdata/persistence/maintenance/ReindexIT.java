package io.refdata.persistence.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Indexes that are mostly bloat, rebuilt beside readers and writers, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init")
class ReindexIT {
  private static final String WAITING =
      "select coalesce(max(pid), 0) from pg_stat_progress_create_index where relid ="
          + " 'public.%s'::regclass and phase like 'waiting for%%'";

  private static MaintainedDatabase database;

  @BeforeAll
  static void start() {
    database = new MaintainedDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** Nine of ten entries of each page of its indexes are gone. */
  private static void bloat(String table) {
    database.execute(
        "create table public.%s (id integer primary key, kind text) with (autovacuum_enabled = off)"
            .formatted(table),
        "insert into public.%s select i, 'kind ' || i %% 7 from generate_series(1, 100000) i"
            .formatted(table),
        "create index %1$s_kind on public.%1$s (kind, id)".formatted(table),
        "delete from public.%s where id %% 10 <> 0".formatted(table),
        "vacuum analyze public.%s".formatted(table));
  }

  private static long bytes(String index) {
    return Long.parseLong(database.text("select pg_relation_size('public.%s')".formatted(index)));
  }

  private static long invalid() {
    return Long.parseLong(database.text("select count(*) from pg_index where not indisvalid"));
  }

  @Test
  void aBloatedIndexIsRebuiltAndASoundOneIsNot() {
    bloat("bloated");
    database.execute(
        "create table public.sound (id integer primary key)",
        "insert into public.sound select generate_series(1, 100000)",
        "analyze public.sound");
    long before = bytes("bloated_pkey");
    List<String> steps = MaintainedDatabase.steps(database.reindex()::run);
    assertThat(steps)
        .contains("public.bloated_pkey DONE", "public.bloated_kind DONE")
        .noneMatch(step -> step.contains("sound"));
    assertThat(bytes("bloated_pkey")).isLessThan(before / 5);
    assertThat(MaintainedDatabase.steps(database.reindex()::run))
        .noneMatch(step -> step.contains("bloated"));
  }

  @Test
  void theEstimateIsNearWhatARebuildGives() {
    bloat("estimated");
    List<BloatedIndexes.Bloated> found =
        new BloatedIndexes(database.jdbi)
            .needed(0.5, 1, Duration.ZERO).stream()
                .filter(index -> index.table().equals("public.estimated"))
                .toList();
    assertThat(found).hasSize(2);
    database.execute("reindex table public.estimated");
    for (BloatedIndexes.Bloated index : found) {
      long rebuilt = bytes(index.name().substring("public.".length()));
      assertThat((double) index.neededBytes() / rebuilt).as(index.name()).isBetween(0.8, 1.2);
    }
  }

  @Test
  void readersAndWritersGoOnWhileAnIndexIsRebuilt() throws Exception {
    bloat("busy");
    try (Connection open = openTransaction("busy");
        Connection client = database.connect();
        Statement statement = client.createStatement()) {
      CompletableFuture<List<String>> rebuild = rebuild("busy");
      await().until(() -> backend("busy") != 0);
      statement.execute("set lock_timeout = '1s'");
      statement.execute("set enable_seqscan = off");
      statement.execute("select kind from public.busy where id = 50");
      statement.execute("insert into public.busy values (1000001, 'new')");
      statement.execute("update public.busy set kind = 'changed' where id = 50");
      assertThat(rebuild).isNotDone();
      open.rollback();
      assertThat(rebuild.join()).containsExactly("public.busy_kind DONE", "public.busy_pkey DONE");
    }
    assertThat(
            database.text(
                "select string_agg(kind, ' ' order by id) from public.busy where id in (50,"
                    + " 1000001)"))
        .isEqualTo("changed new");
  }

  @Test
  void aRebuildThatIsCutOffLeavesNothingInvalid() throws Exception {
    bloat("cut");
    try (Connection open = openTransaction("cut")) {
      CompletableFuture<List<String>> rebuild = rebuild("cut");
      await().until(() -> backend("cut") != 0);
      database.execute("select pg_terminate_backend(%d)".formatted(backend("cut")));
      open.rollback();
      assertThat(rebuild.join()).contains("public.cut_kind FAILED", "public.cut_pkey DONE");
    }
    assertThat(rebuild("cut").join())
        .containsExactly("public.cut_kind DONE", "public.cut_pkey DONE");
    assertThat(invalid()).isZero();
  }

  /** The server that rebuilt it is gone: only the database knows of what is left. */
  @Test
  void whatACrashedServerLeftIsDroppedBeforeTheNextRebuild() throws Exception {
    bloat("crashed");
    try (Connection open = openTransaction("crashed");
        Connection server = database.connect();
        Statement statement = server.createStatement()) {
      CompletableFuture<Void> rebuild =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.execute("reindex index concurrently public.crashed_kind");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().until(() -> backend("crashed") != 0);
      database.execute("select pg_terminate_backend(%d)".formatted(backend("crashed")));
      assertThat(rebuild).failsWithin(Duration.ofSeconds(30));
      open.rollback();
    }
    assertThat(database.invalid.leftByRebuilds("public.crashed"))
        .containsExactly("public.crashed_kind_ccnew");
    assertThat(rebuild("crashed").join()).contains("public.crashed_kind DONE");
    assertThat(database.invalid.leftByRebuilds("public.crashed")).isEmpty();
  }

  /** An index that is being built is not taken for a remain. */
  @Test
  void anIndexThatIsBeingRebuiltIsNotDropped() throws Exception {
    bloat("going");
    try (Connection open = openTransaction("going")) {
      CompletableFuture<List<String>> rebuild = rebuild("going");
      await().until(() -> backend("going") != 0);
      assertThat(invalid()).isPositive();
      assertThat(database.invalid.all()).noneMatch(index -> index.contains("going"));
      assertThat(database.invalid.leftByRebuilds("public.going")).isEmpty();
      open.rollback();
      assertThat(rebuild.join()).contains("public.going_kind DONE");
    }
  }

  /** A rebuild waits for whoever has written to the table and has not ended. */
  private static Connection openTransaction(String table) throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("update public.%s set kind = kind where id = 10".formatted(table));
    }
    return connection;
  }

  private static CompletableFuture<List<String>> rebuild(String table) {
    return CompletableFuture.supplyAsync(
        () ->
            MaintainedDatabase.steps(
                done -> database.reindex().run(List.of("public." + table), done)));
  }

  private static int backend(String table) {
    return Integer.parseInt(database.text(WAITING.formatted(table)));
  }
}
