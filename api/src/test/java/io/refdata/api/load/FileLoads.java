package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Loads of files, and what is on file after them. */
final class FileLoads {
  private final PlatformClient client;

  FileLoads(PlatformClient client) {
    this.client = client;
  }

  /**
   * Loads a file. The load must end well, and each row that is not left out must be counted once.
   */
  JsonNode load(String parameters, Path file) throws IOException, InterruptedException {
    JsonNode load = client.load(parameters, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    assertThat(rows(load, "read"))
        .as(load.toString())
        .isEqualTo(
            rows(load, "inserted")
                + rows(load, "revised")
                + rows(load, "unchanged")
                + rows(load, "rejected"));
    return load;
  }

  /** The number of rows of a load with a fate, such as {@code inserted}. */
  static long rows(JsonNode load, String fate) {
    return load.get("rows").get(fate).asLong();
  }

  /** The reject codes of a load by line. */
  Map<Long, String> rejects(JsonNode load) throws IOException, InterruptedException {
    Map<Long, String> rejects = new TreeMap<>();
    for (NamedCsvRecord reject : lines("loads/" + load.get("id").asLong() + "/rejects")) {
      rejects.put(Long.valueOf(reject.getField("line")), reject.getField("code"));
    }
    return rejects;
  }

  /** The lines that the platform writes as CSV. */
  List<NamedCsvRecord> lines(String path) throws IOException, InterruptedException {
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(client.text(path, "text/csv"))) {
      return lines.stream().toList();
    }
  }

  /** A property of the items of a list by their codes. */
  Map<String, String> byCode(String path, String property)
      throws IOException, InterruptedException {
    Map<String, String> values = new TreeMap<>();
    lines(path).forEach(item -> values.put(item.getField("code"), item.getField(property)));
    return values;
  }

  /** The values of a dataset by {@code key time}. */
  Map<String, Double> values(String dataset) throws IOException, InterruptedException {
    Map<String, Double> values = new TreeMap<>();
    for (NamedCsvRecord line : lines("datasets/" + dataset + "/observations")) {
      values.put(
          line.getField("key") + " " + line.getField("time"),
          Double.valueOf(line.getField("value")));
    }
    return values;
  }

  /** Reads a published file on the test's own account. */
  static List<NamedCsvRecord> read(Path file, char delimiter) throws IOException {
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .detectBomHeader(true)
            .ofNamedCsvRecord(file)) {
      return lines.stream().toList();
    }
  }

  /** The code that a layout's {@code "as": "CODE"} makes of a text. */
  static String code(String text) {
    String plain =
        Normalizer.normalize(text.toUpperCase(Locale.ROOT), Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "");
    return plain.replaceAll("[^A-Z0-9_@$-]+", "_").replaceAll("^_+|_+$", "");
  }
}
