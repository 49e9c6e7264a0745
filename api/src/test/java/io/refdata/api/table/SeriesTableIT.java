package io.refdata.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.ParquetReader;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of series in each format. */
@ArquillianTest
class SeriesTableIT {
  private static final String SERIES = "datasets/SERIES_TABLES/series";
  private static final int MANY = 1_001;

  @TempDir private Path directory;

  @BeforeAll
  static void fill() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.yearly("SERIES_TABLES", "region=regions");
    client.push(
        "SERIES_TABLES",
        """
        [{"region": "DEU", "time": "2019", "value": 1}, {"region": "DEU", "time": "2020", "value": 2},
         {"region": "FRA", "time": "2018", "value": 1.5}, {"region": "FRA", "time": "2020", "value": 3},
         {"region": "ITA", "time": "1999", "value": 0.1}]\
        """);
    SampleTable.fill(); // its provider
    SampleTable.manySeries(MANY);
  }

  private static String text(String path) throws Exception {
    return new String(SampleTable.get(path), StandardCharsets.UTF_8);
  }

  @Test
  void aSeriesIsALine() throws Exception {
    String csv =
        """
        key,region,unit,first,last,count
        DEU,DEU,,2019,2020,2
        FRA,FRA,,2018,2020,2
        """;
    assertThat(text(SERIES + "?region=DEU,FRA&format=csv")).isEqualTo(csv);
    assertThat(text(SERIES + "?region=DEU,FRA&format=csv&limit=2")).isEqualTo(csv);
    assertThat(text(SERIES + "?region=DEU,FRA&format=csv&bom=true")).isEqualTo("\uFEFF" + csv);
    assertThat(text(SERIES + "?region=DEU,FRA&format=ndjson"))
        .isEqualTo(
            """
            {"key":"DEU","dimensions":{"region":"DEU"},"unit":null,"first":"2019","last":"2020","count":2}
            {"key":"FRA","dimensions":{"region":"FRA"},"unit":null,"first":"2018","last":"2020","count":2}
            """);
    assertThat(text(SERIES + "?region=GBR&format=csv"))
        .isEqualTo(csv.lines().findFirst().orElseThrow() + "\n");
    assertThat(text(SERIES + "?region=GBR&format=ndjson")).isEmpty();
    byte[] book = SampleTable.get(SERIES + "?format=xlsx");
    assertThat(SampleTable.get(SERIES + "?format=xlsx")).isEqualTo(book);
    assertThat(new String(book, 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
    Path file = directory.resolve("series.parquet");
    Files.write(file, SampleTable.get(SERIES + "?format=parquet"));
    assertThat(ParquetReader.readMetadata(file.toFile()).getBlocks().get(0).getRowCount())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void allAreStreamedInTheOrderOfTheirKeys() throws Exception {
    List<String> all = SampleTable.csv("datasets/TABLES_MANY/series");
    assertThat(all).hasSize(1 + MANY).doesNotHaveDuplicates();
    assertThat(all.stream().skip(1).map(line -> line.substring(0, line.indexOf('|')))).isSorted();
  }

  @Test
  void aPastListStaysAsItIs() throws Exception {
    String asOf = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    String past = SERIES + "?format=csv&asOf=" + asOf;
    String before = text(past);
    assertThat(before).isEqualTo(text(SERIES + "?format=csv"));
    PlatformClient client = PlatformForTests.client();
    client.push(
        "SERIES_TABLES",
        "[{\"region\": \"POL\", \"time\": \"2020\", \"value\": 4},"
            + " {\"region\": \"ITA\", \"time\": \"2021\", \"value\": 4}]");
    assertThat(text(past)).isEqualTo(before);
    assertThat(text(SERIES + "?format=csv"))
        .contains("POL,POL,,2020,2020,1", "ITA,ITA,,1999,2021,2");
  }
}
