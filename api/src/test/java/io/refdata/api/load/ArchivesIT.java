package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.load.LoadCases.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Files in an archive, and files that are no text of lines. */
@ArquillianTest
class ArchivesIT {
  private static final String CSV = "text/csv";
  private static final String ZIP = "application/zip";
  private static final String FILE = "geo,year,n\nDNK,1991,14\nISL,1992,15\nXXX,1993,16\n";
  private static final String LAYOUT =
      """
      "time": {"column": "year"}, "dimensions": {"region": {"column": "geo"}}, "value": {"column": "n"}
      """;

  private final LoadCases cases = new LoadCases("region=regions");

  @Test
  void aZipWithOneFileIsThatFile() throws Exception {
    Outcome outcome = cases.load("ARCHIVES_ZIP", "A", LAYOUT, zip("values 1991.csv"), ZIP);
    assertThat(outcome.observations()).containsExactlyInAnyOrder("DNK 1991 14", "ISL 1992 15");
    assertThat(outcome.rejects()).containsExactly("4 UNKNOWN_REGION");
    assertThat(outcome.counts()).isEqualTo("read 3, inserted 2, rejected 1");
  }

  @Test
  void aZipWithTwoFilesFailsAndNamesThem() throws Exception {
    String message =
        cases.failure("ARCHIVES_TWO", "A", LAYOUT, zip("first.csv", "notes/second.txt"), ZIP);
    assertThat(message).contains("first.csv", "second.txt");
  }

  @Test
  void aSpreadsheetFailsAndIsToBeSavedAsCsv() throws Exception {
    byte[] spreadsheet =
        zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml");
    String message = cases.failure("ARCHIVES_XLSX", "A", LAYOUT, spreadsheet, ZIP);
    assertThat(message).contains("CSV").containsIgnoringCase("save");
  }

  @Test
  void aPageOfHtmlFailsAndIsCalledOne() throws Exception {
    int made = 0;
    for (String page :
        List.of(
            "<!DOCTYPE html>\n<html><body>Please log in</body></html>\n",
            "\n  <HTML>\n<head><title>geo,year,n</title></head>\n</HTML>\n")) {
      String message = cases.failure("ARCHIVES_HTML_" + made++, "A", LAYOUT, page);
      assertThat(message).containsIgnoringCase("html").doesNotContain("no column");
    }
  }

  @Test
  void aGzipFileInAGzipFileFails() throws Exception {
    byte[] once = gzip(FILE.getBytes(StandardCharsets.UTF_8));
    String message = cases.failure("ARCHIVES_GZIP_TWICE", "A", LAYOUT, gzip(once), CSV);
    assertThat(message).containsIgnoringCase("gzip");
    Outcome outcome = cases.load("ARCHIVES_GZIP", "A", LAYOUT, once, CSV);
    assertThat(outcome.observations()).containsExactlyInAnyOrder("DNK 1991 14", "ISL 1992 15");
  }

  @Test
  void linesBehindAGzipFileFail() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(gzip(FILE.getBytes(StandardCharsets.UTF_8)));
    file.write("DNK,1994,17\n".getBytes(StandardCharsets.UTF_8));
    String message = cases.failure("ARCHIVES_GZIP_AND_LINES", "A", LAYOUT, file.toByteArray(), CSV);
    assertThat(message).containsIgnoringCase("gzip");
  }

  /** A zip whose entries all hold the same file. */
  @Test
  void aZipWhoseBytesHaveChangedFails() throws Exception {
    byte[] zip = storedZip();
    int at = new String(zip, StandardCharsets.ISO_8859_1).indexOf("1991,");
    zip[at] = '2';
    String message = cases.failure("ARCHIVES_CHANGED", "A", LAYOUT, zip, ZIP);
    assertThat(message).contains("checksum");
  }

  /** A zip file in which the bytes stand as they are. */
  private static byte[] storedZip() throws IOException {
    byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(file);
    ZipEntry entry = new ZipEntry("values.csv");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(file.length);
    entry.setCrc(checksum.getValue());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry);
      zip.write(file);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(FILE.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(file);
    }
    return out.toByteArray();
  }
}
