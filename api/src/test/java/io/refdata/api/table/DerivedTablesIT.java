package io.refdata.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.ParquetReader;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results that are worked out from observations, as tables: what a file says of itself, and
 * coverage.
 */
@ArquillianTest
class DerivedTablesIT {
  private static final String DATASET =
      """
      {"name": "%s", "frequency": "M", "unit": "%s",
       "dimensions": [{"code": "region", "values": "regions"}],
       "partitioning": {"interval": "YEAR"}, "unknownCodes": "REJECT"}\
      """;

  @TempDir private Path directory;

  private final PlatformClient client = PlatformForTests.client();

  private Map<String, String> about(String question) throws Exception {
    Path file = directory.resolve("about.parquet");
    Files.write(
        file, SampleTable.get("datasets/DERIVED_TABLES/observations?format=parquet" + question));
    return ParquetReader.readMetadata(file.toFile()).getFileMetaData().getKeyValueMetaData();
  }

  private static void put(String json) {
    RestAssured.given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(json)
        .put("/api/v1/datasets/DERIVED_TABLES")
        .then()
        .statusCode(200);
  }

  @Test
  void aFileSaysInWhichUnitAndFrequencyItIsAndWhatItWasCalledThen() throws Exception {
    client.create("datasets/DERIVED_TABLES", DATASET.formatted("First", "GWH"));
    client.push(
        "DERIVED_TABLES",
        "[{\"region\": \"FRA\", \"time\": \"2020-01\", \"value\": 1},"
            + " {\"region\": \"FRA\", \"time\": \"2020-02\", \"value\": 2}]");
    String then = "&asOf=" + Instant.now().truncatedTo(ChronoUnit.MICROS);
    byte[] before = SampleTable.get("datasets/DERIVED_TABLES/observations?format=parquet" + then);
    put(DATASET.formatted("Second", "MWH"));
    assertThat(about("")).containsEntry("name", "Second").containsEntry("unit", "MWH");
    assertThat(about("")).containsEntry("frequency", "M").doesNotContainKey("asOf");
    assertThat(about(then)).containsEntry("name", "First").containsEntry("unit", "GWH");
    assertThat(about("&unit=GJ&frequency=Q&aggregation=SUM"))
        .containsEntry("unit", "GJ")
        .containsEntry("frequency", "Q");
    assertThat(about(then + "&unit=TJ")).containsEntry("unit", "TJ").containsEntry("name", "First");
    assertThat(about("&unit=GJ&transform=pch")).containsEntry("unit", "PERCENT");
    assertThat(about(then.replace("asOf", "knownAt"))).containsKey("knownAt");
    assertThat(about("&transform=index:2020-01")).doesNotContainKey("unit");
    assertThat(SampleTable.get("datasets/DERIVED_TABLES/observations?format=parquet" + then))
        .isEqualTo(before);
  }

  @Test
  void aSeriesOfItsOwnHasNoCoverageInAnyFormat() throws Exception {
    client.yearly("OWN_TABLES", "region=regions");
    client.push(
        "OWN_TABLES",
        "[{\"region\": \"G7\", \"time\": \"2020\", \"value\": 1},"
            + " {\"region\": \"FRA\", \"time\": \"2020\", \"value\": 2}]");
    String question =
        "datasets/OWN_TABLES/observations?aggregate=region&region=G7,EA&aggregation=SUM&format=";
    String csv = new String(SampleTable.get(question + "csv"), StandardCharsets.UTF_8);
    assertThat(csv.lines().filter(line -> line.startsWith("G7")))
        .containsExactly("G7,G7,2020,1.0,A,,");
    assertThat(csv.lines().filter(line -> line.startsWith("EA,"))).hasSize(1);
    for (String format : new String[] {"json", "ndjson"}) {
      assertThat(new String(SampleTable.get(question + format), StandardCharsets.UTF_8))
          .as(format)
          .doesNotContain("NaN")
          .containsPattern("\"coverage\":(\\[null\\]|null)");
    }
    for (String format : new String[] {"xlsx", "parquet"}) {
      assertThat(SampleTable.status(question + format)).as(format).isEqualTo(200);
    }
    byte[] book = SampleTable.get(question + "xlsx");
    assertThat(SampleTable.get(question + "xlsx")).isEqualTo(book);
    Path file = directory.resolve("own.parquet");
    Files.write(file, SampleTable.get(question + "parquet"));
    assertThat(ParquetReader.readMetadata(file.toFile()).getBlocks().get(0).getRowCount())
        .isEqualTo(2);
  }
}
