package io.refdata.db.basics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Original files of publishers, stored beside the project. A test that needs one is skipped if it
 * is absent.
 */
final class PublishedData {

  private static final Path FOLDER =
      Path.of(System.getProperty("refdata.data", "../../shared/data"));

  private PublishedData() {}

  static List<NamedCsvRecord> read(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), () -> file + " is absent: not compared");
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      List<NamedCsvRecord> records = reader.stream().toList();
      assertThat(records).isNotEmpty();
      return records;
    }
  }
}
