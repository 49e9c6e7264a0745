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

/** The effects of the members of a layout on small files. */
@SuppressWarnings("NullAway.Init")
class LayoutMembersIT {
  /** The sources of a long file, with nothing said but the columns. */
  private static final String PLAIN =
      """
      "time": {"column": "t"}, "dimensions": {"region": {"column": "r"}}, "value": {"column": "v"}\
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

  private static Dataset dataset(Frequency frequency) {
    return pipeline.dataset("M" + datasets++, frequency, Interval.DECADE, "region=regions");
  }

  private static Load load(Dataset into, String members, String file) {
    return pipeline.load(
        into, "{\"into\": \"datasets/" + into.code() + "\", " + members + "}", "UPSERT", file);
  }

  @Test
  void timeAndValueAndStatusCanBeTheSameForAllLines() {
    Dataset into = dataset(Frequency.A);
    Load load =
        load(
            into,
            """
            "time": {"constant": "2020"}, "dimensions": {"region": {"column": "r"}},
            "value": {"constant": "1"}, "status": {"constant": "P"}\
            """,
            "r\nFRA\nDEU\n");
    assertThat(load.rows().inserted()).isEqualTo(2);
    assertThat(pipeline.observations(into))
        .containsEntry("FRA 2020-01-01T00:00", 1.0)
        .containsEntry("DEU 2020-01-01T00:00", 1.0);
    assertThat(statuses(into)).containsExactly("P", "P");
  }

  @Test
  void aConstantThatIsNoneFailsTheLoadByItsName() {
    Dataset into = dataset(Frequency.A);
    Load time =
        load(
            into,
            """
            "time": {"constant": "May"}, "dimensions": {"region": {"column": "r"}},
            "value": {"column": "v"}\
            """,
            "r,v\nFRA,1\n");
    assertThat(time.state()).isEqualTo(Load.State.FAILED);
    assertThat(time.message()).contains("constant", "'May'");
    Load value =
        load(
            into,
            """
            "time": {"column": "t"}, "dimensions": {"region": {"column": "r"}},
            "value": {"constant": "one"}\
            """,
            "r,t\nFRA,2020\n");
    assertThat(value.message()).contains("constant", "'one'");
  }

  @Test
  void statusesAreCapitalLettersOrMapped() {
    Dataset into = dataset(Frequency.A);
    Load load =
        load(
            into,
            """
            "time": {"column": "t"}, "dimensions": {"region": {"column": "r"}},
            "value": {"column": "v"}, "status": {"column": "f", "map": {"bu": "B", "p": "P"}}\
            """,
            "r,t,v,f\nFRA,2000,1,p\nFRA,2001,2,bu\nFRA,2002,3,\nFRA,2003,4,E\nFRA,2004,5,e\n"
                + "FRA,2005,6,NA\n");
    assertThat(statuses(into)).containsExactly("P", "B", "A", "E", "A");
    assertThat(pipeline.rejects(load)).containsExactly("6 null BAD_STATUS");
  }

  @Test
  void aColumnThatTheLayoutIncludesMustBeThere() {
    Dataset into = dataset(Frequency.A);
    Load load =
        load(
            into,
            """
            "time": {"column": "t"}, "dimensions": {"region": {"header": true}},
            "values": {"include": ["FRA", "DEU"]}\
            """,
            "t,FRA,GERMANY\n2000,1,2\n");
    assertThat(load.state()).isEqualTo(Load.State.FAILED);
    assertThat(load.message()).contains("'DEU'");
  }

  @Test
  void anExpressionWhoseGroupIsEmptyFailsTheLoad() {
    Dataset into = dataset(Frequency.A);
    Load load =
        load(
            into,
            """
            "time": {"header": "v(?:_(\\\\d{4}))?"}, "dimensions": {"region": {"column": "r"}}\
            """,
            "r,v_2000,v\nFRA,1,2\n");
    assertThat(load.state()).isEqualTo(Load.State.FAILED);
    assertThat(load.message()).contains("the column 'v'", "group matches nothing");
  }

  @Test
  void aQuoteThatClosesInAnotherRecordIsRejectedByItsLine() {
    Dataset into = dataset(Frequency.A);
    String file =
        "r,t,v,n\nFRA,2000,1,\"Bob\nDEU,2000,2,b\nITA,2000,3,\"c\nESP,2000,4,d\n"
            + "FRA,2001,5,\"two\nlines\"\n";
    Load load = load(into, PLAIN, file);
    assertThat(pipeline.rejects(load)).containsExactly("2 null UNBALANCED_QUOTE");
    assertThat(pipeline.observations(into))
        .containsOnlyKeys("ESP 2000-01-01T00:00", "FRA 2001-01-01T00:00");
    Load replacing =
        pipeline.load(
            into, "{\"into\": \"datasets/" + into.code() + "\", " + PLAIN + "}", "REPLACE", file);
    assertThat(replacing.state()).isEqualTo(Load.State.FAILED);
    assertThat(replacing.message()).startsWith("Line 2: a quote opens here");
  }

  @Test
  void aQuoteThatClosesFarBelowFailsReplaceToo() {
    Dataset into = dataset(Frequency.A);
    String file =
        "r,t,v,n\nFRA,2000,1,\"Bob\n" + "DEU,2000,2,b\n".repeat(80_000) + "ITA,2000,3,\"c\n";
    Load load = load(into, PLAIN, file);
    assertThat(pipeline.rejects(load)).containsExactly("2 null LINE_TOO_LONG");
    Load replacing =
        pipeline.load(
            into, "{\"into\": \"datasets/" + into.code() + "\", " + PLAIN + "}", "REPLACE", file);
    assertThat(replacing.state()).isEqualTo(Load.State.FAILED);
    assertThat(replacing.message())
        .startsWith("Line 2: the line is longer than 1,000,000 characters, because a quote");
  }

  @Test
  void theLastDayOfAPeriodIsTheWholeOfIt() {
    Dataset into = dataset(Frequency.M);
    load(into, PLAIN, "r,t,v\nFRA,2020-01-31,1\nFRA,2020-02-29,2\nFRA,2020-03-30,3\n");
    assertThat(pipeline.observations(into))
        .containsOnlyKeys("FRA 2020-01-01T00:00", "FRA 2020-02-01T00:00");
  }

  @Test
  void aNameThatTwoHaveAndACodeForTwoTextsAreAmbiguous() {
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into ref.region (code, name, kind) values ('TW1', 'Twin', 'GROUP'),"
                        + " ('TW2', 'Twin', 'GROUP')"));
    Dataset regions = dataset(Frequency.A);
    Load named =
        load(
            regions,
            """
            "time": {"column": "t"}, "dimensions": {"region": {"column": "r", "match": "name"}},
            "value": {"column": "v"}\
            """,
            "r,t,v\nTwin,2000,1\nFrance,2000,2\n");
    assertThat(pipeline.rejects(named)).containsExactly("2 null AMBIGUOUS_REGION");
    assertThat(pipeline.observations(regions)).containsOnlyKeys("FRA 2000-01-01T00:00");

    Dataset instruments =
        pipeline.dataset("TICKERS", Frequency.A, Interval.DECADE, "instrument=instruments");
    Load tickers =
        load(
            instruments,
            """
            "time": {"column": "t"}, "value": {"column": "v"},
            "dimensions": {"instrument": {"column": "s", "as": "CODE", "create": true}}\
            """,
            "s,t,v\nBRK.B,2000,1\nBRK/B,2001,2\nGSPC,2000,3\nBRK.B,2002,4\n");
    assertThat(pipeline.rejects(tickers)).containsExactly("3 null AMBIGUOUS_CODE");
    assertThat(pipeline.observations(instruments))
        .containsOnlyKeys(
            "BRK_B 2000-01-01T00:00", "BRK_B 2002-01-01T00:00", "GSPC 2000-01-01T00:00");
  }

  /** The statuses of the current observations, by time. */
  private static List<String> statuses(Dataset of) {
    return pipeline
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select status from curated.observation_%d order by time, series_id"
                            .formatted(of.id()))
                    .mapTo(String.class)
                    .list());
  }
}
