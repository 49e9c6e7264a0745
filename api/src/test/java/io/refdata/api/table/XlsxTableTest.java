package io.refdata.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxTableTest {
  private static final int ROWS = 5_000;

  @TempDir private Path directory;

  private static byte[] written(int most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Table table =
        new Table(
            "rows",
            List.of(Column.text("key"), Column.optional("value", Kind.NUMBER)),
            Map.of("asOf", "2026-01-01T00:00:00Z"));
    XlsxTable xlsx = new XlsxTable(table, out, most);
    for (int i = 0; i < ROWS; i++) {
      xlsx.row(new Object[] {"K<&>" + i, i / 8.0});
    }
    xlsx.end();
    return out.toByteArray();
  }

  private Map<String, String> entries(byte[] workbook) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    Path file = Files.write(directory.resolve("book.xlsx"), workbook);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream content = zip.getInputStream(entry)) {
          entries.put(entry.getName(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return entries;
  }

  @Test
  void theSameTableIsTheSameBytesWheneverItIsWritten() throws IOException {
    byte[] first = written(XlsxTable.MOST_ROWS);
    Instant begun = Instant.now();
    while (Instant.now().toEpochMilli() == begun.toEpochMilli()) {
      Thread.onSpinWait();
    }
    assertThat(written(XlsxTable.MOST_ROWS)).isEqualTo(first);
    Map<String, String> entries = entries(first);
    assertThat(entries.get("docProps/core.xml"))
        .contains("coreProperties")
        .doesNotContain("created");
    assertThat(entries.get("xl/worksheets/sheet1.xml"))
        .contains("K&lt;&amp;&gt;0", "<v>0.125</v>", "K&lt;&amp;&gt;" + (ROWS - 1));
    assertThat(first.length).isLessThan(ROWS * 40);
  }

  @Test
  void whatDoesNotFitGoesOnOnAnotherSheet() throws IOException {
    Map<String, String> entries = entries(written(2_000));
    List<String> sheets = new ArrayList<>(entries.keySet());
    sheets.removeIf(name -> !name.startsWith("xl/worksheets/sheet"));
    assertThat(sheets).hasSize(3);
    assertThat(entries.get("xl/workbook.xml")).contains("rows 2", "rows 3");
  }
}
