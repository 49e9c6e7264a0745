package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL does not start again if its main process is killed while a transaction that created
 * unlogged tables waits for its client (docs/adr/058). So loads create none in a transaction.
 */
@SuppressWarnings("NullAway.Init")
class UnloggedTablesIT {
  @TempDir private static Path directory;
  private MigratedDatabase database;
  private final List<String> alone = new ArrayList<>();
  private final List<String> inTransactions = new ArrayList<>();

  @BeforeEach
  void start() {
    database = MigratedDatabase.create();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  /** Notes which statements create files that PostgreSQL empties after a crash. */
  private void watch(Jdbi jdbi) {
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            String sql = context.getRenderedSql();
            if (sql.contains("unlogged") || sql.contains("index on staging.")) {
              note(context, sql);
            }
          }
        });
  }

  private void note(StatementContext context, String sql) {
    try {
      (context.getConnection().getAutoCommit() ? alone : inTransactions).add(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLoadOfItemsCreatesThemWithoutATransaction() throws Exception {
    ItemPipeline pipeline = new ItemPipeline(database.dataSource(), directory);
    watch(pipeline.jdbi());
    Load load = pipeline.load("organizations", "UPSERT", "code,name,parent\nC,Child,A\nA,Top,\n");
    assertThat(load.rows().inserted()).isEqualTo(2);
    assertThat(alone).hasSize(2);
    assertThat(inTransactions).isEmpty();
  }

  @Test
  void aLoadOfObservationsCreatesThemWithoutATransaction() {
    Pipeline pipeline = new Pipeline(database.dataSource(), directory);
    Dataset dataset = pipeline.dataset("UNLOGGED", Frequency.A, Interval.DECADE, "region=regions");
    String layout = "{\"into\": \"datasets/UNLOGGED\"}";
    watch(pipeline.jdbi());
    pipeline.load(dataset, layout, "UPSERT", "region,time,value\nFRA,2020,1\n");
    Load again = pipeline.load(dataset, layout, "UPSERT", "region,time,value\nFRA,2020,2\n");
    assertThat(again.rows().revised()).isEqualTo(1);
    // The tables of each load, and that of the partition that the second one finds.
    assertThat(alone).hasSize(3);
    assertThat(inTransactions).isEmpty();
  }
}
