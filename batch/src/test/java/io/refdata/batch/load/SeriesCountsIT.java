package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.observation.SeriesPages;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.push.Pushes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts that are stored with the series are those of the stored observations. */
@SuppressWarnings("NullAway.Init")
class SeriesCountsIT {
  private static final String[] REGIONS = {"FRA", "DEU", "ITA", "ESP"};
  private static final int FIRST_YEAR = 1985;
  private static final int YEARS = 40;

  /** The series whose counts are wrong; the tables are read, not the records of partitions. */
  private static final String WRONG =
      """
      select s.key || ' ' || s.observations || ' instead of ' || count(o.time)
        from curated.series s
        left join curated.observation_%1$d o on o.series_id = s.id
       where s.dataset_id = %1$d
       group by s.id
      having (s.observations, s.earliest, s.latest)
             is distinct from (count(o.time), min(o.time), max(o.time))
      """;

  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;

  private final Random random = new Random(14);

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
  void loadsPushesAndDeletionsKeepTheCounts() throws IOException {
    Dataset dataset = pipeline.dataset("COUNTED", Frequency.A, Interval.DECADE, "region=regions");
    Pushes pushes = new Pushes(pipeline.jdbi(), new ItemCaches(), new Versions());
    for (int write = 0; write < 25; write++) {
      switch (random.nextInt(4)) {
        case 0 -> pipeline.load(dataset, layout(), "REPLACE", file(1 + random.nextInt(100)));
        case 1 -> pipeline.load(dataset, layout(), "UPSERT", file(1 + random.nextInt(30)));
        default ->
            pushes.push(
                dataset, rows(1 + random.nextInt(5)), "[]", List.of(), new Author("test", null));
      }
      assertThat(wrong(dataset)).as("after write %d", write).isEmpty();
      assertThat(page(dataset, null)).isEqualTo(page(dataset, Integer.MAX_VALUE)).isNotEmpty();
    }
  }

  @Test
  void aSeriesThatLosesAllObservationsHasNeitherFirstNorLast() throws IOException {
    Dataset dataset = pipeline.dataset("EMPTIED", Frequency.A, Interval.DECADE, "region=regions");
    pipeline.load(dataset, layout(), "UPSERT", "region,time,value\nFRA,2020,1\nDEU,2020,1\n");
    pipeline.load(dataset, layout(), "REPLACE", "region,time,value\nDEU,2020,1\n");
    assertThat(wrong(dataset)).isEmpty();
    SeriesPages.Counted france = page(dataset, null).get(1);
    assertThat(france.series().key()).isEqualTo("FRA");
    assertThat(france.count()).isZero();
    assertThat(france.first()).isNull();
    assertThat(france.last()).isNull();
  }

  private static String layout() {
    return "{\"into\": \"datasets/COUNTED\"}";
  }

  private static List<String> wrong(Dataset dataset) {
    return pipeline
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(WRONG.formatted(dataset.id())).mapTo(String.class).list());
  }

  private static List<SeriesPages.Counted> page(Dataset dataset, @Nullable Integer asOf)
      throws IOException {
    return new SeriesPages(pipeline.jdbi())
        .page(dataset, new SeriesSelection(List.of(), List.of(), null), asOf, null, 100)
        .series();
  }

  /** Lines of which some repeat others. */
  private String file(int lines) {
    StringBuilder file = new StringBuilder("region,time,value\n");
    for (int line = 0; line < lines; line++) {
      file.append(region()).append(',').append(year()).append(',').append(value()).append('\n');
    }
    return file.toString();
  }

  private List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      String region = region();
      Instant time = Instant.parse(year() + "-01-01T00:00:00Z");
      rows.add(new Row(number, region, List.of(region), time, value(), 'A'));
    }
    return rows;
  }

  private String region() {
    return REGIONS[random.nextInt(REGIONS.length)];
  }

  private int year() {
    return FIRST_YEAR + random.nextInt(YEARS);
  }

  private double value() {
    return random.nextInt(3);
  }
}
