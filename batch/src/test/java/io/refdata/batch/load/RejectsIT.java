package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with more rejects than are stored. */
@SuppressWarnings("NullAway.Init")
class RejectsIT {
  private static final int MAX_STORED = 100_000;

  @TempDir private static Path directory;
  private static MigratedDatabase database;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void rejectsOfObservationsAreStoredUpToALimitAndAllAreCounted() {
    Pipeline pipeline = new Pipeline(database.dataSource(), directory);
    Dataset into = pipeline.dataset("REFUSED", Frequency.A, Interval.DECADE, "region=regions");
    Load load =
        pipeline.load(
            into,
            "{\"into\": \"datasets/REFUSED\"}",
            "UPSERT",
            "region,time,value\n" + "FRA,2020,x\n".repeat(MAX_STORED + 20_000) + "FRA,2020,1\n");
    assertThat(load.state()).isEqualTo(Load.State.COMPLETED);
    assertThat(load.rows().rejected()).isEqualTo(MAX_STORED + 20_000);
    assertThat(load.rows().inserted()).isEqualTo(1);
    assertThat(pipeline.rejects(load)).hasSize(MAX_STORED);
    assertThat(load.message())
        .startsWith("Refused: 120,000 × NOT_A_NUMBER (line 2, column value: 'x' is not a number")
        .endsWith("Of 120,000 refused lines and cells the rejects have 100,000.");
  }

  @Test
  void rejectsOfItemsAreStoredUpToALimitAndAllAreCounted() throws Exception {
    ItemPipeline pipeline = new ItemPipeline(database.dataSource(), directory);
    StringBuilder text = new StringBuilder("code,name,parent,kind\n");
    for (int line = 0; line < MAX_STORED + 10; line++) {
      text.append("R").append(line).append(",A region,NOWHERE,GROUP\n");
    }
    Load load = pipeline.load("regions", "UPSERT", text.toString());
    assertThat(load.rows().rejected()).isEqualTo(MAX_STORED + 10);
    assertThat(pipeline.rejects(load)).hasSize(MAX_STORED);
  }
}
