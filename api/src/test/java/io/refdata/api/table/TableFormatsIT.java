package io.refdata.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import java.io.File;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables for spreadsheets and for tools that read columns have the values that CSV has. */
@ArquillianTest
class TableFormatsIT {
  private static final String OBSERVATIONS = SampleTable.OBSERVATIONS;

  private static final Set<String> NUMBERS = Set.of("value", "latitude", "longitude");

  @TempDir private Path directory;

  @BeforeAll
  static void fill() throws Exception {
    SampleTable.fill();
  }

  @Test
  void parquetHasTheValuesOfCsv() throws Exception {
    for (String path : List.of(OBSERVATIONS, OBSERVATIONS + "?limit=4", "providers", "regions")) {
      String and = path.contains("?") ? "&" : "?";
      File file = directory.resolve("a.parquet").toFile();
      Files.write(file.toPath(), SampleTable.get(path + and + "format=parquet"));
      List<String> rows;
      try (var read = ParquetReader.streamContent(file, new Cells())) {
        rows = read.toList();
      }
      String[] names = SampleTable.csv(path).get(0).split("\\|", -1);
      List<String> expected =
          SampleTable.csv(path).stream().skip(1).map(row -> named(names, row)).toList();
      assertThat(rows).as(path).isEqualTo(expected).isNotEmpty();
    }
  }

  /** As the reader writes a row: only the cells that have a value, with their names. */
  private static String named(String[] names, String row) {
    String[] cells = row.split("\\|", -1);
    return IntStream.range(0, names.length)
        .filter(i -> !cells[i].isEmpty())
        .mapToObj(i -> names[i] + "=" + (NUMBERS.contains(names[i]) ? plain(cells[i]) : cells[i]))
        .collect(Collectors.joining("|"));
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  /** Gathers the cells of a row that have a value. */
  private static final class Cells implements Hydrator<List<String>, String, String[]> {
    @Override
    public List<String> start() {
      return new ArrayList<>();
    }

    @Override
    public List<String> add(List<String> row, String[] column, @Nullable Object cell) {
      if (cell != null) {
        row.add(column[0] + "=" + (cell instanceof Double ? plain(cell.toString()) : cell));
      }
      return row;
    }

    @Override
    public String finish(List<String> row) {
      return String.join("|", row);
    }
  }

  @Test
  void parquetSaysWhatItIs() throws Exception {
    File file = directory.resolve("b.parquet").toFile();
    Files.write(file.toPath(), SampleTable.get(OBSERVATIONS + "?format=parquet"));
    ParquetMetadata about = ParquetReader.readMetadata(file);
    Map<String, String> metadata = about.getFileMetaData().getKeyValueMetaData();
    assertThat(metadata)
        .containsEntry("dataset", "TABLES")
        .containsEntry("licence", "CC-BY-4.0")
        .containsEntry("provider", "TABLES")
        .containsKey("revision");
    Statistics<?> keys = about.getBlocks().get(0).getColumns().get(0).getStatistics();
    assertThat(keys.minAsString()).isEqualTo("DEU");
    assertThat(about.getBlocks().get(0).getColumns().get(0).hasDictionaryPage()).isTrue();
  }

  @Test
  void aDistanceIsANumberInParquet() throws Exception {
    File file = directory.resolve("near.parquet").toFile();
    Files.write(file.toPath(), SampleTable.get("facilities?near=48.85,2.35&k=1&format=parquet"));
    assertThat(
            ParquetReader.readMetadata(file)
                .getFileMetaData()
                .getSchema()
                .getType("distanceKm")
                .asPrimitiveType()
                .getPrimitiveTypeName())
        .isEqualTo(PrimitiveTypeName.DOUBLE);
  }

  @Test
  void aWorkbookHasNumbersAndTexts() throws Exception {
    for (String path : List.of(OBSERVATIONS, OBSERVATIONS + "?limit=100", "providers")) {
      String and = path.contains("?") ? "&" : "?";
      String sheet = sheet(SampleTable.get(path + and + "format=xlsx"));
      assertThat(sheet).doesNotContain("<f>");
      assertThat(count(sheet, "<row ")).as(path).isEqualTo(SampleTable.csv(path).size());
    }
    String sheet = sheet(SampleTable.get(OBSERVATIONS + "?format=xlsx"));
    assertThat(sheet).contains("<v>1.5</v>").contains("<v>1.0E-7</v>").contains("FRA");
    assertThat(sheet(SampleTable.get("providers?format=xlsx&code=TABLES"))).contains("=1+1");
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  private static String sheet(byte[] workbook) throws Exception {
    Path file = Files.write(Files.createTempFile("book", ".xlsx"), workbook);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
          StandardCharsets.UTF_8);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void wideHasARowForEachPeriodAndAColumnForEachSeries() throws Exception {
    String csv = "time,DEU,FRA\n2018,,1.5\n2019,1.0E-7,\n2020,2.0,3.0\n";
    String asked = OBSERVATIONS + "?region=DEU,FRA&shape=wide";
    assertThat(text(asked + "&format=csv")).isEqualTo(csv);
    assertThat(text(asked))
        .isEqualTo(
            "{\"columns\":[\"DEU\",\"FRA\"],\"data\":[[null,1.5],[1.0E-7,null],[2.0,3.0]],"
                + "\"index\":[\"2018\",\"2019\",\"2020\"]}");
    assertThat(sheet(SampleTable.get(asked + "&format=xlsx"))).contains("2019", "1.0E-7");
    SampleTable.push("[{\"region\": \"FRA\", \"time\": \"2021\", \"value\": 4}]");
    assertThat(text(asked + "&format=csv")).isEqualTo(csv + "2021,,4.0\n");
    SampleTable.push("[{\"region\": \"FRA\", \"time\": \"2021\", \"value\": null}]");
  }

  @Test
  void wideIsBounded() throws Exception {
    for (String wrong :
        List.of(
            "shape=long",
            "shape=wide&format=nothing",
            "shape=wide&limit=3",
            "shape=wide&updatedAfter=2020-01-01T00:00:00Z")) {
      assertThat(SampleTable.status(OBSERVATIONS + "?" + wrong)).as(wrong).isEqualTo(400);
    }
    for (String format : List.of("parquet", "ndjson")) {
      String wide = OBSERVATIONS + "?shape=wide&format=" + format;
      assertThat(SampleTable.status(wide)).as(format).isEqualTo(406);
      assertThat(text(wide)).contains("but as json, csv, xlsx");
    }
    SampleTable.manySeries(1_001);
    String many = "datasets/TABLES_MANY/observations?shape=wide";
    assertThat(SampleTable.status(many)).isEqualTo(400);
    assertThat(text(many)).contains("1,000 series");
    assertThat(SampleTable.status(many + "&code=C1,C2&format=xlsx")).isEqualTo(200);
  }

  private static String text(String path) throws Exception {
    return new String(SampleTable.get(path), StandardCharsets.UTF_8);
  }
}
