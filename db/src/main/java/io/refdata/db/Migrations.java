package io.refdata.db;

import io.refdata.db.basics.V202611201540__seed_basics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the schema of this release.
 *
 * <p>All migrations are listed here; the class path is not scanned. A scan depends on the class
 * loader and on the server's virtual file system, and could silently find nothing. The history is
 * stored in {@code public.schema_history}, since the migrations themselves create and drop the
 * other schemas.
 */
public final class Migrations {

  private static final int OLDEST_SERVER = 18;
  static final long MIGRATION_LOCK = 20264;

  /** The time that a node waits before it asks again whether it is its turn to migrate. */
  private static final Duration TURN = Duration.ofMillis(100);

  static final List<String> SCRIPTS =
      List.of(
          "V202611201520__create_revision.sql",
          "V202611201525__create_reference_data.sql",
          "V202611201530__create_datasets.sql",
          "V202611201535__create_loads.sql",
          "V202611201610__create_instruments.sql",
          "V202611201620__index_past_states.sql",
          "V202611201630__add_adopt_partition.sql",
          "V202611201710__index_past_values.sql",
          "V202611201720__add_stamp.sql",
          "V202611211530__index_series_dimensions.sql",
          "V202611211545__index_hot_lists.sql",
          "V202611260900__record_partitions.sql",
          "V202611260904__track_work_on_loads.sql",
          "V202611261400__lock_before_interval.sql",
          "V202611261710__count_ignored_rows.sql",
          "V202611262000__index_runs_of_values.sql",
          "V202611262020__count_observations_of_series.sql",
          "V202611262022__adopt_rows_without_places.sql",
          "V202611262030__record_last_writes.sql",
          "V202611262040__record_upkeep.sql",
          "V202611262130__retire_partitions.sql",
          "V202611270010__keep_statistics.sql",
          "V202611270012__add_table_statistics.sql",
          "V202611270020__watch_indexes.sql",
          "V202611270022__record_index_advice.sql",
          "V202611270030__watch_upkeep_of_tables.sql",
          "V202611270032__open_maintenance_to_operators.sql",
          "V202611270040__record_removed_payloads.sql",
          "V202611270042__index_stored_payloads.sql",
          "V202611270044__index_payload_files.sql",
          "V202611270050__record_performance_runs.sql",
          "V202611270060__describe_tables.sql",
          "V202611270062__name_stamping.sql",
          "V202611270064__check_window_of_slow_queries.sql",
          "V202611270100__sample_requests.sql",
          "V202611270120__sample_datasets.sql",
          "V202611270122__judge_loads.sql",
          "V202611270124__define_slas.sql",
          "V202611270140__record_alerts.sql",
          "V202611271200__mark_public_datasets.sql",
          "V202611271220__create_api_key.sql",
          "V202611271222__record_requests.sql",
          "V202611271224__record_actions.sql",
          "V202611271240__seal_revisions.sql",
          "V202611271244__grant_to_application.sql",
          "V202611271300__record_publication_of_files.sql",
          "V202611271410__record_publication_of_revisions.sql",
          "V202611271412__index_publications.sql",
          "V202611271414__create_export.sql",
          "V202611271420__create_memberships.sql",
          "V202611271424__seed_groups.sql",
          "V202611271450__find_facilities_by_distance.sql",
          "V202611271900__create_rollups.sql",
          "V202611271910__create_signal.sql",
          "V202611271920__create_feature_set.sql",
          "V202611272110__read_counters_of_indexes.sql",
          "V202611272300__keep_regions_in_rollups.sql",
          "V202611272310__let_signals_follow_feature_sets.sql",
          "V202611272340__free_names_of_roles.sql",
          "V202611272342__seal_actions.sql",
          "V202611272344__end_tokens.sql",
          "V202611281130__hide_hashes_of_keys.sql",
          "V202611281545__count_left_out_rows_apart.sql",
          "V202611282130__right_the_roles.sql",
          "V202611282135__find_constraints_of_indexes_at_once.sql",
          "V202611282140__count_scans_once.sql",
          "V202611290205__keep_means_of_large_values.sql",
          "V202611290630__end_states_with_the_next.sql");

  private Migrations() {}

  /** The version of the schema of this release. */
  public static long version() {
    String last = SCRIPTS.get(SCRIPTS.size() - 1);
    return Long.parseLong(last.substring(1, last.indexOf('_')));
  }

  /** Applies the missing migrations. Several processes may call it at the same time. */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, null);
  }

  /**
   * Applies the missing migrations as the owner, and gives the role of the application what it
   * needs of the outcome.
   *
   * @param application its name; null if the application is the owner
   */
  public static void migrate(DataSource dataSource, @Nullable String application) {
    requireVersion(dataSource);
    try (Connection alone = dataSource.getConnection();
        Statement lock = alone.createStatement()) {
      // Flyway's own lock comes too late if several nodes start on an empty database at once.
      while (!isLocked(lock)) {
        LockSupport.parkNanos(TURN.toNanos());
      }
      try {
        migrate(dataSource, SCRIPTS, new V202611201540__seed_basics());
        if (application != null) {
          grant(alone, application);
        }
      } finally {
        lock.execute("select pg_catalog.pg_advisory_unlock(" + MIGRATION_LOCK + ")");
      }
    } catch (SQLException e) {
      throw new MigrationFailed("no migration was applied: " + e.getMessage(), e);
    }
  }

  private static void grant(Connection owner, String application) throws SQLException {
    try (PreparedStatement grant =
        owner.prepareStatement("select ref.grant_to_application(?::name)")) {
      grant.setString(1, application);
      grant.execute();
    }
  }

  /**
   * Takes the lock if it is free. A statement that waited for it would hold a snapshot, for which
   * {@code CREATE INDEX CONCURRENTLY} of the node that migrates would wait.
   */
  private static boolean isLocked(Statement statement) throws SQLException {
    try (ResultSet lock =
        statement.executeQuery("select pg_catalog.pg_try_advisory_lock(" + MIGRATION_LOCK + ")")) {
      return lock.next() && lock.getBoolean(1);
    }
  }

  static void migrate(
      DataSource dataSource, List<String> scripts, JavaMigration... javaMigrations) {
    try {
      FluentConfiguration flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(dataSource)
              .resourceProvider(new Scripts(scripts))
              .javaMigrations(javaMigrations)
              .locations(new String[0])
              .defaultSchema("public")
              .table("schema_history")
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .cleanDisabled(true)
              // The application may make schemas: one with the name of the owner would come first.
              .initSql("set search_path = public");
      // With a lock in a transaction, CREATE INDEX CONCURRENTLY would wait for its own session.
      flyway
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
      flyway.load().migrate();
    } catch (FlywayMigrateException e) {
      throw new MigrationFailed(e.getMigration().getScript() + " failed: " + reason(e), e);
    } catch (FlywayException e) {
      throw new MigrationFailed("no migration was applied: " + reason(e), e);
    }
  }

  private static void requireVersion(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      requireVersion(
          connection.getMetaData().getDatabaseMajorVersion(),
          connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new MigrationFailed("the database can't be reached: " + e.getMessage(), e);
    }
  }

  static void requireVersion(int major, String version) {
    if (major < OLDEST_SERVER) {
      throw new MigrationFailed(
          "PostgreSQL " + OLDEST_SERVER + " or newer is needed; this server is " + version);
    }
  }

  /** The message of the database, if the failure comes from there; else the failure's own. */
  private static String reason(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return Objects.toString(cause.getMessage());
      }
    }
    return Objects.toString(failure.getMessage());
  }
}
