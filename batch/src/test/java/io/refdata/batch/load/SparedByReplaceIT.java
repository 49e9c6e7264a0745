package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * REPLACE deletes nothing that a refused line or cell names, or that its files cannot have; where
 * it is not known what such a line names, the load fails.
 */
@SuppressWarnings("NullAway.Init")
class SparedByReplaceIT {
  private static final String SOURCES =
      """
      , "time": {"column": "year"}, "dimensions": {"region": {"column": "area"}}, "value": {"column": "n"}\
      """;

  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;
  private static int datasets;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** A dataset with some years of France and Germany. */
  private static Dataset filled(String... dimensions) {
    Dataset into =
        pipeline.dataset("SPARED" + datasets++, Frequency.A, Interval.DECADE, dimensions);
    if (dimensions.length == 1) {
      StringBuilder csv = new StringBuilder("region,time,value\n");
      for (String region : List.of("FRA", "DEU")) {
        for (int year = 2015; year < 2024; year++) {
          csv.append(region).append(',').append(year).append(",1\n");
        }
      }
      load(into, "", "UPSERT", csv.toString());
    }
    return into;
  }

  private static Load load(Dataset into, String members, String mode, String text) {
    return pipeline.load(
        into, "{\"into\": \"datasets/" + into.code() + "\"" + members + "}", mode, text);
  }

  @Test
  void aColumnWhoseTimeCannotBeReadSparesItsSeries() {
    Dataset into = filled("region=regions");
    Load load =
        load(
            into,
            ", \"time\": {\"header\": true}, \"dimensions\": {\"region\": {\"column\": \"r\"}}",
            "REPLACE",
            "r,2015,2016,2023*\nFRA,1,1,1\nDEU,1,1,\n");
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(pipeline.observations(into))
        .containsKeys("FRA 2023-01-01T00:00", "FRA 2020-01-01T00:00", "DEU 2016-01-01T00:00")
        .doesNotContainKey("DEU 2023-01-01T00:00");
  }

  @Test
  void belowALineWithAFaultNothingIsKnownOfEmptyCells() {
    Dataset into = filled("region=regions");
    String members = SOURCES + ", \"fill\": [\"area\"]";
    String text = "area,year,n\nFRA,2015,1\n,2016,1\nDEU,2015,1,x\n,2016,1\n,2017,1\nFRA,2017,1\n";
    assertThat(load(into, members, "UPSERT", text).state()).isEqualTo(State.COMPLETED);
    Load load = load(into, members, "REPLACE", text);
    assertThat(load.state()).isEqualTo(State.FAILED);
    assertThat(load.message()).contains("Line 5", "above");
    assertThat(pipeline.observations(into)).hasSize(18);
  }

  @Test
  void aLineWithTooManyFieldsSparesTheSeriesOfItsJoinedColumns() {
    Dataset into = filled("region=regions");
    Load load =
        load(
            into,
            """
            , "time": {"column": "year"}, "value": {"column": "n"},
            "dimensions": {"region": {"columns": ["a", "b"], "join": ""}}\
            """,
            "REPLACE",
            "a,b,year,n\nF,RA,2015,1\nD,EU,2015,1\nD,EU,2020,1,DEU\nF,RA,2016,1\n");
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(pipeline.observations(into))
        .containsOnlyKeys(
            "FRA 2015-01-01T00:00",
            "FRA 2016-01-01T00:00",
            "DEU 2015-01-01T00:00",
            "DEU 2020-01-01T00:00");
  }

  @Test
  void aConstantTimeIsTheOnlyOneThatIsReplaced() {
    Dataset into = filled("region=regions");
    Load load =
        load(
            into,
            """
            , "time": {"constant": "2020"}, "dimensions": {"region": {"column": "area"}}, "value": {"column": "n"}\
            """,
            "REPLACE",
            "area,n\nFRA,2\n");
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(load.rows().deleted()).isEqualTo(1);
    assertThat(pipeline.observations(into))
        .hasSize(17)
        .containsEntry("FRA 2020-01-01T00:00", 2.0)
        .doesNotContainKey("DEU 2020-01-01T00:00");
  }

  @Test
  void anEscapeBeforeALineEndIsALetter() {
    Dataset into = filled("region=regions");
    Load load =
        load(
            into,
            SOURCES + ", \"escape\": \"\\\\\", \"delimiter\": \";\"",
            "REPLACE",
            "area;year;n;note\nFRA;2015;1;C:\\dir\\\nDEU;2019;2;x\nXXX;2019;2;x\n");
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(pipeline.rejects(load)).containsExactly("4 null UNKNOWN_REGION");
    assertThat(pipeline.observations(into))
        .containsOnlyKeys("FRA 2015-01-01T00:00", "DEU 2019-01-01T00:00");
  }
}
