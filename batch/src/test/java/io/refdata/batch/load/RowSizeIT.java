package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a loaded observation, and duplicates in a file that is staged without places. */
@SuppressWarnings("NullAway.Init")
class RowSizeIT {
  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aLoadedObservationTakes48Bytes() {
    Dataset dataset = dataset("SMALL_ROWS");
    load(dataset, "region,time,value\nFRA,2020,1\nFRA,2021,2\nDEU,2020,3\n");
    assertThat(bytes(dataset)).containsExactly(48L);
    assertThat(pipeline.observations(dataset)).hasSize(3);
  }

  @Test
  void duplicatesInANewPartitionAreRejectedAtTheirPlaces() {
    Dataset dataset = dataset("REPEATED_ROWS");
    Load load = load(dataset, "region,time,value\nFRA,2020,1\nDEU,2020,2\nFRA,2020,3\nXX,2020,4\n");
    assertThat(pipeline.rejects(load))
        .containsExactlyInAnyOrder("4 value DUPLICATE_IN_FILE", "5 null UNKNOWN_REGION");
    assertThat(load.rows().read()).isEqualTo(4);
    assertThat(load.rows().inserted()).isEqualTo(2);
    assertThat(load.rows().rejected()).isEqualTo(2);
    assertThat(pipeline.observations(dataset))
        .containsEntry("FRA 2020-01-01T00:00", 1.0)
        .containsEntry("DEU 2020-01-01T00:00", 2.0)
        .hasSize(2);
    assertThat(bytes(dataset)).containsExactly(56L);
  }

  private static Dataset dataset(String code) {
    return pipeline.dataset(code, Frequency.A, Interval.DECADE, "region=regions");
  }

  private static Load load(Dataset dataset, String text) {
    return pipeline.load(
        dataset, "{\"into\": \"datasets/" + dataset.code() + "\"}", "UPSERT", text);
  }

  /** The bytes of a row in each partition, without its pointer. */
  private static List<Long> bytes(Dataset dataset) {
    return pipeline
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select (8 * ceil(t.tuple_len / t.tuple_count / 8.0))::bigint
                          from curated.partition p
                         cross join pgstattuple('curated.' || p.leaf) t
                         where p.dataset_id = :dataset and p.kind = 'VALUE'
                        """)
                    .bind("dataset", dataset.id())
                    .mapTo(Long.class)
                    .list());
  }
}
