package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.db.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose shape asks for memory, on a server that has little. Whatever becomes of them, the
 * server has to live: it would end under them again after each start.
 */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class SmallHeapIT {
  private static final String HEAP = "256m";

  @TempDir static Path home;

  private static EmbeddedDatabase database;
  private static WildFlyServer server;
  private static PlatformClient client;

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedDatabase.start(home.resolve("postgresql"));
    server = WildFlyServer.start(WildFlyServer.Settings.ofBuild(home, database, HEAP));
    client = new PlatformClient(server.url());
    client.create("code-lists/HEAP_COUNTRY", "{\"name\": \"Countries\"}");
    client.create("code-lists/HEAP_INDICATOR", "{\"name\": \"Indicators\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  void aWideFileWithOneValueALineLoads() throws Exception {
    int columns = 10_000;
    describe("SPARSE");
    JsonNode load =
        load(
            "layout=SPARSE",
            header(columns),
            5_000,
            line -> "c" + line + ",2020," + row(columns, line, line));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    assertThat(load.at("/rows/inserted").asInt()).isEqualTo(5_000);
  }

  @Test
  void aHeaderOfAsManyColumnsAsThereMayBeLoads() throws Exception {
    int columns = (1 << 16) - 2;
    describe("HEADER");
    JsonNode load =
        load(
            "layout=HEADER",
            header(columns),
            20,
            line -> "c" + line + ",2020," + row(columns, columns - 1, line));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    assertThat(load.at("/rows/inserted").asInt()).isEqualTo(20);
  }

  @Test
  void aHeaderOfAMillionColumnsIsRefused() throws Exception {
    describe("MILLION");
    JsonNode csv = load("layout=MILLION", header(1_000_000), 1, line -> "c,2020,1");
    assertThat(csv.get("state").asText()).as(csv.toString()).isEqualTo("FAILED");
    assertThat(csv.get("message").asText())
        .isEqualTo("The first line is longer than 1,000,000 characters: it is no header.");
    JsonNode narrow =
        load(
            "layout=MILLION",
            IntStream.range(0, 200_000)
                .mapToObj(column -> Integer.toString(column, Character.MAX_RADIX))
                .collect(Collectors.joining(",")),
            1,
            line -> "c,2020,1");
    assertThat(narrow.get("message").asText())
        .isEqualTo("The file has more than 65,536 columns; write one line for each value instead.");
    JsonNode json =
        client.ended(
            client
                .send(
                    "layout=MILLION",
                    BodyPublishers.ofInputStream(
                        () ->
                            text(
                                IntStream.range(0, 1_000_000)
                                    .mapToObj(
                                        line ->
                                            "{\"country\":\"c\",\"year\":2020,\"i%d\":1}"
                                                .formatted(line)))),
                    "Content-Type",
                    "application/x-ndjson")
                .get("id")
                .asLong());
    assertThat(json.get("state").asText()).as(json.toString()).isEqualTo("FAILED");
    assertThat(json.get("message").asText())
        .isEqualTo("The file has more than 65,536 columns; write one line for each value instead.");
  }

  /** As the World Bank has it: a series a line, 106 MB. The second time all series are known. */
  @Test
  void aFileWithASeriesInEachOfFourHundredThousandLinesLoads() throws Exception {
    int lines = 398_400;
    int countries = 166;
    int years = 65;
    dataset("WORLD");
    client.create(
        "layouts/WORLD",
        """
        {"into": "datasets/WORLD", "time": {"header": "(\\\\d{4})", "pattern": "yyyy"},
         "dimensions": {"country": {"column": "Country Code"}, "indicator": {"column": "Indicator Code"}}}
        """);
    String header =
        "Country Name,Country Code,Indicator Name,Indicator Code,"
            + IntStream.range(1960, 1960 + years)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    for (String fate : new String[] {"inserted", "unchanged"}) {
      JsonNode load =
          load(
              "layout=WORLD",
              header,
              lines,
              line ->
                  "The official name of the country,C%d,%s,SE_PRM_%d,%s"
                      .formatted(
                          line % countries,
                          "The long name of an indicator and its unit too ".repeat(3),
                          line / countries,
                          row(years, line % years, line + 0.5)));
      assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
      assertThat(load.at("/rows/" + fate).asInt()).isEqualTo(lines);
    }
  }

  private static void describe(String name) throws Exception {
    dataset(name);
    client.create(
        "layouts/" + name,
        """
        {"into": "datasets/%s", "time": {"column": "year", "pattern": "yyyy"},
         "dimensions": {"country": {"column": "country"}, "indicator": {"header": true}}}
        """
            .formatted(name));
  }

  private static void dataset(String name) throws Exception {
    client.create(
        "datasets/" + name,
        """
        {"name": "A dataset", "frequency": "A", "unknownCodes": "CREATE",
         "partitioning": {"interval": "CENTURY"},
         "dimensions": [{"code": "country", "values": "code-lists/HEAP_COUNTRY"},
                        {"code": "indicator", "values": "code-lists/HEAP_INDICATOR"}]}
        """);
  }

  private static String header(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(column -> "i" + column)
        .collect(Collectors.joining(",", "country,year,", ""));
  }

  /** Cells of which one has a value. */
  private static String row(int columns, int column, double value) {
    return ",".repeat(column) + value + ",".repeat(columns - 1 - column);
  }

  private static JsonNode load(
      String parameters, String header, int lines, IntFunction<String> line) throws Exception {
    return client.load(
        parameters,
        BodyPublishers.ofInputStream(
            () ->
                text(Stream.concat(Stream.of(header), IntStream.range(0, lines).mapToObj(line)))));
  }

  /** Made while it is read. */
  private static InputStream text(Stream<String> lines) {
    Iterator<InputStream> streams =
        lines
            .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
            .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
            .iterator();
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          @Override
          public boolean hasMoreElements() {
            return streams.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return streams.next();
          }
        });
  }
}
