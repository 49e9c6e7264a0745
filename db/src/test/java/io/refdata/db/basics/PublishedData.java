package io.refdata.db.basics;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.db.PublishedFiles;
import java.io.IOException;
import java.util.List;

/** The lines of published files. */
final class PublishedData {
  private PublishedData() {}

  static List<NamedCsvRecord> read(String name) throws IOException {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(PublishedFiles.path(name))) {
      List<NamedCsvRecord> records = reader.stream().toList();
      assertThat(records).isNotEmpty();
      return records;
    }
  }
}
