package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Small files of one subject. Each has a layout and a dataset of its own, or a collection, and what
 * its load leaves is read back.
 */
final class LoadCases {
  private static final List<String> FATES = List.of("inserted", "revised", "unchanged", "rejected");

  private final PlatformClient client = PlatformForTests.client();
  private final String[] dimensions;

  /**
   * The outcome of a load.
   *
   * @param load the load when it has ended
   * @param rejects its rejects, each as {@code line CODE}
   * @param observations all observations of its dataset, each as {@code key time value}, with a
   *     status that is not A behind them; none for a collection
   */
  record Outcome(JsonNode load, List<String> rejects, List<String> observations) {
    /** The counts of rows that are not zero: {@code read 3, inserted 2, rejected 1}. */
    String counts() {
      return Stream.of(
              Stream.of("read"), FATES.stream(), Stream.of("ignored", "deleted", "rounded"))
          .flatMap(names -> names)
          .filter(name -> rows(load, name) != 0)
          .map(name -> name + " " + rows(load, name))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * @param dimensions the dimensions of all datasets, each as {@code code=values}
   */
  LoadCases(String... dimensions) {
    this.dimensions = dimensions;
  }

  /** Loads a text of CSV. */
  Outcome load(String name, String frequency, String layout, String file) throws Exception {
    return load(name, frequency, layout, file.getBytes(StandardCharsets.UTF_8), "text/csv");
  }

  /**
   * Loads a file into a dataset, which the load must complete.
   *
   * @param name the name of the dataset and of the layout; of several loads with one name the
   *     layout of the first counts
   * @param layout the members of the layout, without {@code into}
   */
  Outcome load(String name, String frequency, String layout, byte[] file, String mediaType)
      throws Exception {
    describe(name, frequency, layout);
    return completed(name, ended(name, file, mediaType), observations(name));
  }

  /** Loads a text of CSV into a collection, which the load must complete. */
  Outcome loadItems(String name, String collection, String layout, String file) throws Exception {
    layout(name, collection, layout);
    JsonNode load = ended(name, file.getBytes(StandardCharsets.UTF_8), "text/csv");
    return completed(name, load, List.of());
  }

  /**
   * Loads a text of CSV with {@code REPLACE}, by a layout that is there.
   *
   * @param name the name of the layout
   */
  Outcome replaceItems(String name, String file) throws Exception {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    JsonNode load = ended(name, bytes, "text/csv", "&mode=REPLACE&maxDeleteRatio=1");
    return completed(name, load, List.of());
  }

  /** Loads a text of CSV, and returns the message with which the load fails. */
  String failure(String name, String frequency, String layout, String file) throws Exception {
    return failure(name, frequency, layout, file.getBytes(StandardCharsets.UTF_8), "text/csv");
  }

  /** Loads a file, and returns the message with which the load fails. It leaves nothing. */
  String failure(String name, String frequency, String layout, byte[] file, String mediaType)
      throws Exception {
    describe(name, frequency, layout);
    JsonNode load = ended(name, file, mediaType);
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("FAILED");
    assertThat(observations(name)).isEmpty();
    String message = load.get("message").asText();
    assertThat(message).isNotBlank().doesNotContainIgnoringCase("service failed");
    return message;
  }

  private void describe(String name, String frequency, String layout) throws Exception {
    String interval =
        switch (frequency) {
          case "A", "S", "Q" -> "DECADE";
          case "H", "N" -> "MONTH";
          default -> "YEAR";
        };
    client.dataset(code(name), frequency, interval, dimensions);
    layout(name, "datasets/" + code(name), layout);
  }

  private void layout(String name, String into, String layout) throws Exception {
    client.create("layouts/" + code(name), "{\"into\": \"%s\", %s}".formatted(into, layout));
  }

  private JsonNode ended(String name, byte[] file, String mediaType) throws Exception {
    return ended(name, file, mediaType, "");
  }

  private JsonNode ended(String name, byte[] file, String mediaType, String more) throws Exception {
    JsonNode sent =
        client.send(
            "layout=" + code(name) + "&maxRejectRatio=1" + more,
            BodyPublishers.ofByteArray(file),
            "Content-Type",
            mediaType);
    return client.ended(sent.get("id").asLong());
  }

  /** Other tests have datasets and layouts too. */
  private static String code(String name) {
    return "CASE_" + name;
  }

  private Outcome completed(String name, JsonNode load, List<String> observations)
      throws Exception {
    assertThat(load.get("state").asText()).as(name + ": " + load).isEqualTo("COMPLETED");
    assertThat(rows(load, "read"))
        .as(name + ": " + load)
        .isEqualTo(FATES.stream().mapToLong(fate -> rows(load, fate)).sum());
    return new Outcome(load, rejects(load), observations);
  }

  private static long rows(JsonNode load, String name) {
    return load.at("/rows/" + name).asLong();
  }

  private List<String> rejects(JsonNode load) throws IOException, InterruptedException {
    return records(
        "loads/" + load.get("id").asLong() + "/rejects",
        reject -> reject.getField("line") + " " + reject.getField("code"));
  }

  private List<String> observations(String name) throws IOException, InterruptedException {
    return records(
        "datasets/" + code(name) + "/observations",
        one ->
            String.join(" ", one.getField("key"), one.getField("time"), plain(one))
                + (one.getField("status").equals("A") ? "" : " " + one.getField("status")));
  }

  /** The value without an exponent and without zeros at its end. */
  private static String plain(NamedCsvRecord observation) {
    return new BigDecimal(observation.getField("value")).stripTrailingZeros().toPlainString();
  }

  private List<String> records(String path, Function<NamedCsvRecord, String> as)
      throws IOException, InterruptedException {
    try (CsvReader<NamedCsvRecord> lines =
            CsvReader.builder().ofNamedCsvRecord(client.text(path, "text/csv"));
        Stream<NamedCsvRecord> stream = lines.stream()) {
      return stream.map(as).toList();
    }
  }
}
