package io.refdata.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.refdata.db.basics.V202611201540__seed_basics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsIT {
  /** The revisions that migrations write: the basics, and groups of countries with conversions. */
  private static final String SEEDS = "2";

  private EmbeddedDatabase database;

  @BeforeEach
  void start() {
    database = EmbeddedDatabase.startTemporary();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void undosRemoveEverythingAndTheMigrationsRunAgain() throws Exception {
    List<String> before = schema();
    Migrations.migrate(database.dataSource());
    List<String> migrated = schema();
    assertThat(migrated).hasSizeGreaterThan(before.size() + 50);

    for (String undo : undosNewestFirst()) {
      execute(undo);
    }
    execute("drop table public.schema_history");
    assertThat(schema()).isEqualTo(before);

    Migrations.migrate(database.dataSource());
    assertThat(schema()).isEqualTo(migrated);
  }

  @Test
  void theNewestMigrationIsUndoneAloneWithItsLineOfTheHistory() throws Exception {
    migrateAsTheReleaseBefore();
    List<String> before = schema();
    Migrations.migrate(database.dataSource());
    execute(undosNewestFirst().get(0));
    String newest = Migrations.SCRIPTS.get(Migrations.SCRIPTS.size() - 1);
    execute("delete from public.schema_history where script = '" + newest + "'");
    assertThat(schema()).isEqualTo(before);

    Migrations.migrate(database.dataSource());
    assertThat(rows("select count(*)::text from public.schema_history where success"))
        .containsExactly(String.valueOf(Migrations.SCRIPTS.size() + 1));
  }

  @Test
  void anEarlierReleaseStartsOnALaterSchema() throws Exception {
    Migrations.migrate(database.dataSource());
    List<String> migrated = schema();
    migrateAsTheReleaseBefore();
    assertThat(schema()).isEqualTo(migrated);
  }

  /** Migrates as a release would that lacks the newest migration. */
  private void migrateAsTheReleaseBefore() {
    Migrations.migrate(
        database.dataSource(),
        Migrations.SCRIPTS.subList(0, Migrations.SCRIPTS.size() - 1),
        new V202611201540__seed_basics());
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    Migrations.migrate(database.dataSource());
    Migrations.migrate(database.dataSource());
    assertThat(rows("select count(*)::text from ref.revision")).containsExactly(SEEDS);
  }

  @Test
  void severalNodesMayMigrateAtOnce() throws Exception {
    List<CompletableFuture<Void>> nodes =
        Stream.generate(
                () -> CompletableFuture.runAsync(() -> Migrations.migrate(database.dataSource())))
            .limit(3)
            .toList();
    nodes.forEach(CompletableFuture::join);
    assertThat(rows("select count(*)::text from ref.revision")).containsExactly(SEEDS);
    assertThat(rows("select count(*)::text from public.schema_history where success"))
        .containsExactly(String.valueOf(Migrations.SCRIPTS.size() + 1));
  }

  @Test
  void aNodeThatWaitsHoldsUpNoIndexThatIsBuiltConcurrently() throws Exception {
    execute("create table public.large (id integer)");
    CompletableFuture<Void> node;
    try (Connection migrating = database.dataSource().getConnection();
        Statement statement = migrating.createStatement()) {
      statement.execute("select pg_advisory_lock(" + Migrations.MIGRATION_LOCK + ")");
      node = CompletableFuture.runAsync(() -> Migrations.migrate(database.dataSource()));
      await()
          .until(
              () ->
                  rows("select query from pg_stat_activity where query like '%try_advisory%'")
                          .size()
                      > 1);
      statement.execute("set statement_timeout = '20s'");
      statement.execute("create index concurrently large_id on public.large (id)");
    }
    node.join();
    assertThat(rows("select count(*)::text from ref.revision")).containsExactly(SEEDS);
  }

  @Test
  void aDatabaseWithOtherTablesIsMigratedToo() throws Exception {
    execute("create table public.theirs (id integer)");
    Migrations.migrate(database.dataSource());
    assertThat(rows("select count(*)::text from ref.revision")).containsExactly(SEEDS);
  }

  @Test
  void aFailureNamesTheMigrationAndTheReasonOfTheDatabase() throws Exception {
    assertThatThrownBy(() -> Migrations.migrate(database.dataSource(), List.of(), new V1__divide()))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("V1__divide failed: ERROR: division by zero")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aMigrationThatWasEditedIsRefusedInOneLine() throws Exception {
    Migrations.migrate(database.dataSource());
    execute("update public.schema_history set checksum = 1 where version = '202611201530'");
    assertThatThrownBy(() -> Migrations.migrate(database.dataSource()))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("202611201530")
        .hasMessageNotContaining("\n");
  }

  @SuppressWarnings("TypeName") // the name is Flyway's
  public static final class V1__divide extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws SQLException {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("select 1 / 0");
      }
    }
  }

  private static List<String> undosNewestFirst() throws IOException {
    List<String> undos = new ArrayList<>();
    try (Stream<Path> paths = Files.list(Path.of("src/main/resources/db/undo"))) {
      for (Path path : paths.sorted(reverseOrder()).toList()) {
        undos.add(Files.readString(path, UTF_8));
      }
    }
    return undos;
  }

  /** All objects that a migration can leave behind, as text. */
  private List<String> schema() throws SQLException {
    return rows(
        """
        select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast|temp)'
        union all
        select 'relation ' || oid::regclass from pg_class
         where relnamespace::regnamespace::text not in ('pg_toast', 'pg_catalog', 'information_schema')
        union all
        select 'function ' || oid::regprocedure from pg_proc
         where pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        union all
        select 'type ' || oid::regtype from pg_type
         where typnamespace::regnamespace::text not in ('pg_toast', 'pg_catalog', 'information_schema')
        union all
        select 'extension ' || extname from pg_extension
        order by 1
        """);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
