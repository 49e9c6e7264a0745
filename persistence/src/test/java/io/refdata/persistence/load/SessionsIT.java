package io.refdata.persistence.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.Definition;
import io.refdata.persistence.load.observation.ObservationMerge;
import io.refdata.persistence.load.staging.BinaryRows;
import io.refdata.persistence.load.staging.CopyConnection;
import io.refdata.persistence.load.staging.StagedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that sessions of the pool have their original settings after work on them has failed. The
 * pool has only one connection, so that all tests use the same one.
 */
@SuppressWarnings("NullAway.Init")
class SessionsIT {
  private static final long LOAD = 7;
  private static final int DATASET = 1;

  private static MigratedDatabase database;
  private static AgroalDataSource pool;
  private static Jdbi jdbi;

  private List<String> before;

  @BeforeAll
  static void start() throws Exception {
    database = MigratedDatabase.create();
    pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    of ->
                        of.maxSize(1)
                            .connectionFactoryConfiguration(
                                to ->
                                    to.jdbcUrl(database.url())
                                        .principal(new NamePrincipal(database.user()))
                                        .credential(new SimplePassword(database.password())))));
    jdbi = Database.of(pool);
  }

  @AfterAll
  static void stop() {
    pool.close();
    database.close();
  }

  @BeforeEach
  void readSession() {
    before = session();
  }

  @AfterEach
  void checkSession() {
    assertThat(session()).isEqualTo(before);
  }

  /** The process id of the session, and its changed settings. */
  private static List<String> session() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select 'pid ' || pg_backend_pid()
                    union all
                    (select name || ' ' || setting from pg_settings where source = 'session' order by 1)
                    """)
                .mapTo(String.class)
                .list());
  }

  @Test
  void commitsAreDurableAfterAFailedCopy() {
    BinaryRows rows = new BinaryRows();
    rows.observation(0, 1, 0, 1, (byte) 'A');
    try (CopyConnection copy = new CopyConnection(jdbi, new ArrayBlockingQueue<>(1))) {
      assertThatThrownBy(
              () -> {
                copy.send("staging.nowhere", rows);
                copy.end();
              })
          .hasRootCauseMessage("ERROR: relation \"staging.nowhere\" does not exist");
    }
  }

  @Test
  void memorySettingsAreResetAfterAFailedKey() {
    stagePartitionThatIsGone();
    assertThatThrownBy(() -> new StagedKeys(jdbi, LOAD, DATASET, true).make(Map.of(), true, 1))
        .hasMessageContaining("does not exist");
  }

  @Test
  void statisticsSettingsAreResetAfterAFailedAnalyze() {
    jdbi.useHandle(handle -> handle.execute("alter table curated.series rename to series_gone"));
    try {
      assertThatThrownBy(() -> new ObservationMerge(jdbi).analyze(LOAD, DATASET))
          .hasMessageContaining("does not exist");
    } finally {
      jdbi.useHandle(handle -> handle.execute("alter table curated.series_gone rename to series"));
    }
  }

  private static void stagePartitionThatIsGone() {
    StagingTables staging = new StagingTables(LOAD);
    staging.createForObservations(jdbi, new Definition(""));
    jdbi.useHandle(
        handle -> {
          String table =
              staging.createPartition(
                  handle,
                  Instant.parse("2000-01-01T00:00:00Z"),
                  Instant.parse("2001-01-01T00:00:00Z"),
                  "20000101",
                  true,
                  true);
          handle.execute("drop table " + table);
        });
  }
}
