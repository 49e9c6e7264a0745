package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.Rows;
import io.refdata.domain.load.Load.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsIT {
  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;
  private static int datasets;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into ref.indicator (code, name) values ('co2', 'CO2'), ('gdp',"
                        + " 'GDP')"));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Dataset yearly() {
    return pipeline.dataset(
        "D" + datasets++, Frequency.A, Interval.DECADE, "region=regions", "indicator=indicators");
  }

  private static String layout(Dataset into, String members) {
    return "{\"into\": \"datasets/" + into.code() + "\"" + members + "}";
  }

  private static final String WIDE =
      """
      , "time": {"column": "year", "pattern": "yyyy"}, "values": {"exclude": ["country"]},
      "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true}}\
      """;

  @Test
  void aLongFileWithTheNamesOfTheDimensionsNeedsNoLayout() {
    Dataset into = yearly();
    Load load =
        pipeline.load(
            into,
            layout(into, ""),
            "UPSERT",
            """
            indicator,value,time,region,status
            co2,1.5,2019,FRA,A
            co2,-2e3,2020.0,FRA,
            gdp,3,1999-01-01,DEU,E
            """);
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(load.rows()).isEqualTo(new Rows(3, 3, 0, 0, 0, 0, 0, 0));
    assertThat(pipeline.observations(into))
        .isEqualTo(
            Map.of(
                "FRA.co2 2019-01-01T00:00", 1.5,
                "FRA.co2 2020-01-01T00:00", -2000.0,
                "DEU.gdp 1999-01-01T00:00", 3.0));
  }

  @Test
  void aWideFileHasAColumnForEachValueOfADimension() {
    Dataset into = yearly();
    Load load =
        pipeline.load(
            into,
            layout(into, WIDE),
            "UPSERT",
            """
            iso_code,country,year,co2,gdp,colour
            FRA,France,2019,1,2,3
            FRA,France,2020,NA,,
            DEU,Germany,2020,4,,
            """);
    assertThat(load.rows()).isEqualTo(new Rows(4, 3, 0, 0, 0, 1, 0, 0));
    // A column with an unknown code is rejected once, by its header.
    assertThat(pipeline.rejects(load)).containsExactly("1 colour UNKNOWN_INDICATOR");
    assertThat(pipeline.observations(into))
        .hasSize(3)
        .containsEntry("DEU.co2 2020-01-01T00:00", 4.0);
  }

  @Test
  void aWideFileMayHaveAColumnForEachPeriod() {
    Dataset into =
        pipeline.dataset("P" + datasets++, Frequency.A, Interval.DECADE, "region=regions");
    Load load =
        pipeline.load(
            into,
            layout(
                into,
                """
                , "time": {"header": "generation_gwh_(\\\\d{4})", "pattern": "yyyy"},
                "dimensions": {"region": {"column": "country"}}\
                """),
            "UPSERT",
            """
            country,generation_gwh_2013,generation_gwh_2014,estimated_generation_gwh
            FRA,1,2,99
            DEU,,3,98
            """);
    assertThat(load.rows()).isEqualTo(new Rows(3, 3, 0, 0, 0, 0, 0, 0));
    assertThat(pipeline.observations(into))
        .containsOnlyKeys("FRA 2013-01-01T00:00", "FRA 2014-01-01T00:00", "DEU 2014-01-01T00:00");
  }

  @Test
  void codesAreMappedAndCreated() {
    Dataset into = yearly();
    Load load =
        pipeline.load(
            into,
            layout(
                into,
                """
                , "delimiter": ";", "decimal": ",", "missing": ["-"], "time": {"column": "when"},
                "value": {"column": "Price"}, "dimensions": {
                  "region": {"column": "where", "match": "name", "map": {"Frankreich": "FRA"}},
                  "indicator": {"column": "what", "as": "CODE", "create": true}}\
                """),
            "UPSERT",
            """
            where;what;when;Price
            Frankreich;Öl (roh);2020;1,5
            Germany;Öl (roh);2020;-
            Germany;Öl (roh);2021;"2,5"
            Atlantis;co2;2021;3
            """);
    assertThat(load.rows()).isEqualTo(new Rows(3, 2, 0, 0, 0, 1, 0, 0));
    assertThat(pipeline.rejects(load)).containsExactly("5 null UNKNOWN_REGION");
    assertThat(pipeline.observations(into))
        .isEqualTo(Map.of("FRA.OL_ROH 2020-01-01T00:00", 1.5, "DEU.OL_ROH 2021-01-01T00:00", 2.5));
  }

  @Test
  void regionsAreCreatedAsGroupsButFacilitiesCannotBeCreated() {
    String create =
        """
        , "time": {"column": "time"}, "value": {"column": "value"},
        "dimensions": {"place": {"column": "place", "create": true}}\
        """;
    Dataset regions =
        pipeline.dataset("M" + datasets++, Frequency.A, Interval.DECADE, "place=regions");
    String file = "place,time,value\nMADE_UP,2020,1\n";
    assertThat(pipeline.load(regions, layout(regions, create), "UPSERT", file).rows().inserted())
        .isOne();
    String kind =
        pipeline
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select kind from ref.region where code = 'MADE_UP'")
                        .mapTo(String.class)
                        .one());
    assertThat(kind).isEqualTo("GROUP");
    Dataset plants =
        pipeline.dataset("M" + datasets++, Frequency.A, Interval.DECADE, "place=facilities");
    Load failed = pipeline.load(plants, layout(plants, create), "UPSERT", file);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.message()).contains("facilities cannot be created").contains("kind, region");
  }

  @Test
  void linesOfJsonAreReadByTheirMembers() {
    Dataset into = yearly();
    Load load =
        pipeline.load(
            into,
            layout(into, ", \"format\": \"ndjson\""),
            "UPSERT",
            """
            {"region": "FRA", "indicator": "co2", "time": "2019", "value": 1.25}
            {"value": "2", "time": 2020, "indicator": "co2", "region": "FRA", "note": {"a": [1]}}

            {"region": "FRA", "indicator": "co2", "time": "2021", "value": null}
            {"region": "FRA", "indicator": "co2", "time": "2022", "value": {"a": 1}}
            {"region": "FRA", "indicator": "co2"
            [1]
            """);
    assertThat(load.rows().inserted()).isEqualTo(2);
    assertThat(pipeline.rejects(load))
        .containsExactly("5 value NOT_A_NUMBER", "6 null NOT_JSON", "7 null NOT_JSON");
    assertThat(pipeline.observations(into))
        .isEqualTo(Map.of("FRA.co2 2019-01-01T00:00", 1.25, "FRA.co2 2020-01-01T00:00", 2.0));
  }

  @Test
  void aWideFileOfJsonMayHaveMembersThatItsFirstLineLacks() {
    Dataset into = yearly();
    Load load =
        pipeline.load(
            into,
            layout(into, ", \"format\": \"ndjson\"" + WIDE),
            "UPSERT",
            """
            {"iso_code": "FRA", "country": "France", "year": 2019, "co2": 1}
            {"iso_code": "FRA", "country": "France", "year": 2020, "co2": 2, "gdp": 3}
            """);
    assertThat(load.rows()).isEqualTo(new Rows(3, 3, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void theFirstOfDuplicatesCounts() {
    Dataset into = yearly();
    String file =
        """
        region,indicator,time,value
        FRA,co2,2020,1
        FRA,co2,2019,7
        FRA,co2,2020,2
        FRA,co2,2020,1
        """;
    Load first = pipeline.load(into, layout(into, ""), "UPSERT", file);
    Load second = pipeline.load(into, layout(into, ""), "UPSERT", file);
    assertThat(first.rows()).isEqualTo(new Rows(4, 2, 0, 0, 0, 2, 0, 0));
    assertThat(second.rows()).isEqualTo(new Rows(4, 0, 0, 2, 0, 2, 0, 0));
    assertThat(pipeline.rejects(second))
        .isEqualTo(pipeline.rejects(first))
        .containsExactly("4 value DUPLICATE_IN_FILE", "5 value DUPLICATE_IN_FILE");
    assertThat(pipeline.observations(into)).containsEntry("FRA.co2 2020-01-01T00:00", 1.0);
  }

  @Test
  void replaceDeletesAbsentObservationsAndSparesThoseOfRejectedLines() {
    Dataset into = yearly();
    pipeline.load(
        into,
        layout(into, ""),
        "UPSERT",
        """
        region,indicator,time,value
        FRA,co2,2010,1
        FRA,co2,2020,2
        FRA,co2,2021,3
        FRA,gdp,2020,4
        DEU,co2,2020,5
        DEU,gdp,2020,6
        ITA,co2,2020,7
        """);
    Load load =
        pipeline.load(
            into,
            layout(into, ""),
            "REPLACE",
            """
            region,indicator,time,value
            FRA,co2,2020,20
            FRA,co2,2021,many
            DEU,co2,soon,5
            XXX,co2,2020,1
            """);
    // Spared: FRA.co2 2021, whose cell was rejected, and DEU.co2, because a rejected line names it.
    assertThat(load.rows()).isEqualTo(new Rows(4, 0, 1, 0, 4, 3, 0, 0));
    assertThat(pipeline.observations(into))
        .isEqualTo(
            Map.of(
                "FRA.co2 2020-01-01T00:00", 20.0,
                "FRA.co2 2021-01-01T00:00", 3.0,
                "DEU.co2 2020-01-01T00:00", 5.0));
  }

  @Test
  void replaceRespectsItsScopeAndMaxDeleteRatio() {
    Dataset into = yearly();
    String all =
        """
        region,indicator,time,value
        FRA,co2,2019,1
        FRA,co2,2020,1
        DEU,co2,2020,2
        DEU,gdp,2020,3
        """;
    pipeline.load(into, layout(into, ""), "UPSERT", all);
    String scope =
        """
        , "scope": {"region": "FRA"}, "time": {"column": "time"}, "value": {"column": "value"},
        "dimensions": {"region": {"column": "region"}, "indicator": {"constant": "co2"}}\
        """;
    Load load =
        pipeline.load(into, layout(into, scope), "REPLACE", "region,time,value\nFRA,2020,9\n");
    assertThat(load.rows()).isEqualTo(new Rows(1, 0, 1, 0, 1, 0, 0, 0));
    assertThat(pipeline.observations(into))
        .hasSize(3)
        .containsEntry("DEU.co2 2020-01-01T00:00", 2.0);

    Load most =
        pipeline.load(
            into, layout(into, ""), "REPLACE", "region,indicator,time,value\nITA,co2,2020,9\n");
    assertThat(most.state()).isEqualTo(State.FAILED);
    assertThat(most.message()).contains("3 of 3 values").contains("maxDeleteRatio");
    assertThat(pipeline.observations(into)).hasSize(3);
  }

  @Test
  void aConstantIsInTheScopeOfReplaceAsTheCodeThatItStandsFor() {
    for (String france :
        List.of(
            "\"constant\": \"France\", \"match\": \"name\"",
            "\"constant\": \"fra\", \"as\": \"UPPER\"",
            "\"constant\": \"RA\", \"prefix\": \"F\"",
            "\"constant\": \"F\", \"map\": {\"F\": \"FRA\"}")) {
      Dataset into = yearly();
      pipeline.load(
          into,
          layout(into, ""),
          "UPSERT",
          "region,indicator,time,value\nFRA,co2,2019,1\nFRA,co2,2020,1\nDEU,co2,2019,2\n");
      String members =
          ", \"time\": {\"column\": \"t\"}, \"value\": {\"column\": \"v\"}, \"dimensions\":"
              + " {\"region\": {"
              + france
              + "}, \"indicator\": {\"constant\": \"co2\"}}";
      Load load = pipeline.load(into, layout(into, members), "REPLACE", "t,v\n2020,9\n");
      assertThat(load.rows()).as(france).isEqualTo(new Rows(1, 0, 1, 0, 1, 0, 0, 0));
      assertThat(pipeline.observations(into))
          .containsOnlyKeys("FRA.co2 2020-01-01T00:00", "DEU.co2 2019-01-01T00:00");
    }
  }

  @Test
  void hoursOfAClockChangeStayDistinct() {
    Dataset into =
        pipeline.dataset("H" + datasets++, Frequency.H, Interval.MONTH, "region=regions");
    Load load =
        pipeline.load(
            into,
            layout(into, ""),
            "UPSERT",
            """
            region,time,value
            FRA,2020-10-25T02:00:00+02:00,1
            FRA,2020-10-25T02:00:00+01:00,2
            FRA,2020-03-29T03:00:00+02:00,3
            FRA,2020-03-29T01:00:00+01:00,4
            FRA,2020-03-29T01:00:00,5
            FRA,2020-03-29T01:30:00Z,6
            """);
    assertThat(pipeline.rejects(load)).containsExactly("6 null BAD_TIME", "7 null BAD_TIME");
    assertThat(pipeline.observations(into))
        .isEqualTo(
            Map.of(
                "FRA 2020-10-25T00:00", 1.0,
                "FRA 2020-10-25T01:00", 2.0,
                "FRA 2020-03-29T01:00", 3.0,
                "FRA 2020-03-29T00:00", 4.0));
  }

  @Test
  void faultsOfAFileFailTheLoadWithAClearMessage() throws IOException {
    assertFails("", "The file is empty.");
    assertFails("region,indicator,time,value\n", "nothing below it");
    assertFails("region,indicator,time\nFRA,co2,2020\n", "no column 'value'");
    assertFails("region,indicator,time,value,value\nFRA,co2,2020,1,2\n", "column 'value' twice");
    assertFails(
        "region,indicator,time,value\nFRA,\"co2,2020,1\n", "opens in line 2 is never closed");
    assertFails(
        bytes("region,indicator,time,value\nFRA,co2,2020,\u00e9\n", "ISO-8859-1"),
        "Line 2 is not in UTF-8");
    assertFails(
        bytes("region,indicator,time,value\nFRA,co2,2020,1\n", "UTF-16"), "Line 1 is not in UTF-8");
    assertFails(new byte[] {'P', 'K', 3, 4, 0, 0, 1}, "zip file is broken");
    assertFails(new byte[] {'P', 'K', 0, 0, 1}, "zero byte");
    byte[] zipped = zipped("region,indicator,time,value\nFRA,co2,2020,1\n");
    assertFails(java.util.Arrays.copyOf(zipped, zipped.length - 9), "gzip file is cut off");
    assertFails(new byte[] {0x1f, (byte) 0x8b, 8}, "gzip file is cut off");
    byte[] twice = java.util.Arrays.copyOf(zipped, 2 * zipped.length - 9);
    System.arraycopy(zipped, 0, twice, zipped.length, zipped.length - 9);
    assertFails(twice, "gzip file is cut off");
    byte[] followed = java.util.Arrays.copyOf(zipped, zipped.length + 8);
    assertFails(followed, "gzip file is broken");
    assertFails(
        new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, "gzip file is broken");
  }

  private static void assertFails(String text, String message) throws IOException {
    assertFails(text.getBytes(StandardCharsets.UTF_8), message);
  }

  private static void assertFails(byte[] bytes, String message) throws IOException {
    Dataset into = yearly();
    Path file = Files.createTempFile(directory, "bad", "");
    Files.write(file, bytes);
    Load load = pipeline.load(into, layout(into, ""), "REPLACE", file);
    assertThat(load.state()).isEqualTo(State.FAILED);
    assertThat(load.message()).contains(message);
    assertThat(pipeline.observations(into)).isEmpty();
  }

  private static byte[] bytes(String text, String charset) {
    return text.getBytes(Charset.forName(charset));
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void faultyLinesAreRejectedAndTheOthersAreLoaded() throws IOException {
    Dataset into = yearly();
    Path file = Files.createTempFile(directory, "mixed", ".csv.gz");
    String text =
        "\uFEFFregion,indicator,time,value\r\n"
            + "FRA,co2,2001,\"1\"\r\n"
            + "FRA,co2,2002,\"1,5\"\r\n"
            + "FRA,co2,2003,1e400\r\n"
            + "FRA,co2,2004-02-30,1\r\n"
            + "FRA,co2,2004-02-01,1\r\n"
            + "FRA,co2,2005,1,2\r\n"
            + ",co2,2006,1\r\n"
            + "FRA,co2,2007,"
            + "9".repeat(10_000_000)
            + "\r\n"
            + "FRA,co2,2008,NaN\r\n"
            + "FRA,co2,2009,0x10\r\n"
            + "FRA,co2,,1\r\n"
            + "\r\n"
            + "FRA,co2,2010,\""
            + "\r\n".repeat(3)
            + "\"\r\n"
            + "FRA,co2,2011,5\r\n"
            + "FRA,co2,2012,6";
    Files.write(file, zipped(text));
    Load load = pipeline.load(into, layout(into, ", \"missing\": [\"\"]"), "UPSERT", file);
    assertThat(pipeline.rejects(load))
        .containsExactly(
            "3 value NOT_A_NUMBER",
            "4 value NUMBER_TOO_LARGE",
            "5 null BAD_TIME",
            "6 null BAD_TIME",
            "7 null WRONG_FIELD_COUNT",
            "8 null MISSING_REGION",
            "9 null LINE_TOO_LONG",
            "10 value NOT_A_NUMBER",
            "11 value NOT_A_NUMBER",
            "12 null MISSING_TIME");
    assertThat(pipeline.observations(into))
        .isEqualTo(
            Map.of(
                "FRA.co2 2001-01-01T00:00", 1.0,
                "FRA.co2 2011-01-01T00:00", 5.0,
                "FRA.co2 2012-01-01T00:00", 6.0));
    assertThat(List.of(load.state())).containsExactly(State.COMPLETED);
  }
}
