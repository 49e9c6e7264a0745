package io.refdata.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tools that people have read an address, and get the values that CSV has. A test whose tool is
 * not installed is skipped.
 */
@ArquillianTest
class AnalystsToolsIT {
  private static final String PYTHON = "/usr/bin/python3"; // Debian's, which has Debian's pandas
  private static final long PATIENCE = 180;

  /** Prints the rows with bars between the cells; a number as its shortest text. */
  private static final String PANDAS =
      """
      import sys, warnings
      warnings.simplefilter("ignore")
      import pandas
      url, form = sys.argv[1], sys.argv[2]
      text = {"key": str, "region": str, "time": str, "status": str}
      if form == "csv":
          data = pandas.read_csv(url, dtype=text, keep_default_na=False, na_values={"value": [""]})
      elif form == "ndjson":
          data = pandas.read_json(url, lines=True, dtype=text, convert_dates=False)
          data["region"] = data["dimensions"].map(lambda d: d["region"])
          data = data[["key", "region", "time", "value", "status"]]
      elif form == "xlsx":
          data = pandas.read_excel(url, dtype=text, keep_default_na=False, na_values={"value": [""]})
      elif form == "parquet":
          data = pandas.read_parquet(url)
      print("|".join(data.columns))
      for row in data.itertuples(index=False):
          print("|".join("" if cell != cell or cell is None else repr(cell) if isinstance(cell, float) else str(cell)
                         for cell in row))
      """;

  private static final String READR =
      """
      suppressMessages(library(readr))
      data <- suppressMessages(read_csv(
        commandArgs(TRUE)[1], col_types = cols(.default = "c", value = "d"), na = "", progress = FALSE))
      cat(paste(names(data), collapse = "|"), "\\n", sep = "")
      for (i in seq_len(nrow(data))) {
        cells <- c(data$key[i], data$region[i], data$time[i],
                   if (is.na(data$value[i])) "" else format(data$value[i], digits = 15), data$status[i])
        cat(paste(cells, collapse = "|"), "\\n", sep = "")
      }
      """;

  private static final String HYPARQUET =
      """
      import { parquetReadObjects } from '%s/node_modules/hyparquet/src/index.js'
      const file = await (await fetch(process.argv[2])).arrayBuffer()
      const rows = await parquetReadObjects({ file })
      console.log(Object.keys(rows[0]).join('|'))
      for (const row of rows) {
        console.log(Object.values(row).map(cell => cell ?? '').join('|'))
      }
      """;

  @TempDir private Path directory;

  @BeforeAll
  static void fill() throws Exception {
    SampleTable.fill();
  }

  private static String url(String query) {
    return SampleTable.uri(SampleTable.OBSERVATIONS + "?" + query).toString();
  }

  private static void requires(String tool, String... command) {
    boolean installed;
    try {
      installed = run(command).status() == 0;
    } catch (IOException e) {
      installed = false;
    }
    Assumptions.assumeTrue(installed, tool + " is not installed");
  }

  private record Run(int status, List<String> lines) {}

  private static Run run(String... command) throws IOException {
    Path out = Files.createTempFile("tool", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " does not end");
      }
      return new Run(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  /** Texts may be in quotes; none has a quote in it. */
  private static List<String> lines(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(line -> line.replace("\"", "")).toList();
  }

  private Path script(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** The rows of CSV, with their numbers in the form that every tool can be brought to. */
  private static void assertSame(Run run) throws Exception {
    assertThat(run.status()).as(run.lines().toString()).isZero();
    assertThat(numbers(run.lines())).isEqualTo(numbers(SampleTable.csv(SampleTable.OBSERVATIONS)));
  }

  private static List<String> numbers(List<String> rows) {
    List<String> plain = new ArrayList<>(rows.subList(0, 1));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\\|", -1);
      cells[3] = cells[3].isEmpty() ? "" : Double.toString(Double.parseDouble(cells[3]));
      plain.add(String.join("|", cells));
    }
    return plain;
  }

  @Test
  void pandasReadsTextsAndWorkbooks() throws Exception {
    requires("pandas", PYTHON, "-c", "import pandas, openpyxl");
    Path script = script("read.py", PANDAS);
    for (String format : List.of("csv", "ndjson", "xlsx")) {
      assertSame(run(PYTHON, script.toString(), url("format=" + format), format));
    }
  }

  @Test
  void pandasReadsParquet() throws Exception {
    requires("pyarrow", PYTHON, "-c", "import pandas, pyarrow");
    Path script = script("read.py", PANDAS);
    assertSame(run(PYTHON, script.toString(), url("format=parquet"), "parquet"));
  }

  @Test
  void rReadsCsv() throws Exception {
    requires("readr", "Rscript", "-e", "library(readr)");
    Path script = script("readr.R", READR);
    assertSame(run("Rscript", script.toString(), url("format=csv")));
  }

  @Test
  void libreOfficeReadsAWorkbook() throws Exception {
    requires("LibreOffice", "soffice", "--version");
    Path book = directory.resolve("observations.xlsx");
    Files.write(book, SampleTable.get(SampleTable.OBSERVATIONS + "?format=xlsx"));
    Run run =
        run(
            "soffice",
            "-env:UserInstallation=" + directory.resolve("profile").toUri(),
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):124,34,76,1,,0,false,false,false",
            "--outdir",
            directory.toString(),
            book.toString());
    assertThat(run.status()).as(run.lines().toString()).isZero();
    assertSame(new Run(0, lines(directory.resolve("observations.csv"))));
  }

  @Test
  void hyparquetReadsParquet() throws Exception {
    String modules = System.getProperty("refdata.node", "/opt/refdata-tools");
    requires(
        "hyparquet",
        "node",
        "-e",
        "require('fs').accessSync('" + modules + "/node_modules/hyparquet')");
    Path script = script("hyparquet.mjs", HYPARQUET.formatted(modules));
    assertSame(run("node", script.toString(), url("format=parquet")));
  }
}
