package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files as they come over HTTP: in every form that is taken, and with every fault. */
@ArquillianTest
class LoadedBodiesIT {
  private static final String CSV = "text/csv";
  private static final String NDJSON = "application/x-ndjson";
  private static final String HEADER = "region,indicator,time,value\n";
  private static final String LONG_LINE = "9".repeat(10_000_000);

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.create("indicators/gdp", "{\"name\": \"GDP\"}");
  }

  private void dataset(String code, String frequency) throws Exception {
    dataset(code, frequency, "DECADE");
  }

  private void dataset(String code, String frequency, String interval) throws Exception {
    client.dataset(code, frequency, interval, "region=regions", "indicator=indicators");
  }

  @Test
  void aBodyMayBeCsvOrLinesOfJsonZippedOrNotWithALayoutOrWithout() throws Exception {
    String csv = HEADER + "FRA,co2,2019,1.5\nFRA,gdp,2020,-2e3\nDEU,co2,2020,\n";
    String json =
        """
        {"region": "FRA", "indicator": "co2", "time": "2019", "value": 1.5}
        {"value": "-2e3", "time": 2020, "indicator": "gdp", "region": "FRA", "note": [1]}
        {"region": "DEU", "indicator": "co2", "time": "2020", "value": null}
        """;
    String wide = "land;jahr;co2;gdp\nFRA;2019;1,5;\nFRA;2020;;-2e3\n";
    String wideJson =
        """
        {"land": "FRA", "jahr": 2019, "co2": 1.5}
        {"land": "FRA", "jahr": "2020", "gdp": "-2e3", "co2": null}
        """;
    String layout =
        """
        {"into": "datasets/%s", "time": {"column": "jahr", "pattern": "yyyy"}, %s
         "dimensions": {"region": {"column": "land"}, "indicator": {"header": true}}}
        """;
    int made = 0;
    for (String type : List.of(CSV, NDJSON)) {
      for (boolean named : List.of(true, false)) {
        for (String form : List.of("plain", "zipped", "encoded")) {
          String dataset = "BODY_" + made++;
          dataset(dataset, "A");
          String special = type.equals(CSV) ? "\"delimiter\": \";\", \"decimal\": \",\"," : "";
          client.create("layouts/" + dataset, layout.formatted(dataset, special));
          String text = type.equals(CSV) ? (named ? wide : csv) : named ? wideJson : json;
          JsonNode load =
              load(
                  named ? "layout=" + dataset : "into=datasets/" + dataset,
                  form.equals("plain") ? text.getBytes(StandardCharsets.UTF_8) : zipped(text),
                  type,
                  form.equals("encoded") ? "gzip" : "identity");
          assertThat(load.get("state").asText()).as(form + load).isEqualTo("COMPLETED");
          assertThat(load.at("/rows/inserted").asInt()).as(form + load).isEqualTo(2);
          assertThat(load.at("/rows/read").asInt()).as(form + load).isEqualTo(2);
          assertThat(known(dataset))
              .containsExactly("FRA.co2,FRA,co2,2019,1.5,A", "FRA.gdp,FRA,gdp,2020,-2000.0,A");
        }
      }
    }
    given()
        .contentType(CSV)
        .header("Content-Encoding", "br")
        .body(new byte[] {1, 2, 3})
        .post("/api/v1/loads?into=datasets/BODY_0")
        .then()
        .statusCode(415)
        .body("detail", containsString("'br'"));
    given()
        .contentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .body(zipped(csv))
        .post("/api/v1/loads?into=datasets/BODY_0")
        .then()
        .statusCode(415)
        .body("detail", containsString("save the sheet as CSV"));
  }

  @Test
  void everyFaultOfALineHasItsPlaceItsCodeAndItsText() throws Exception {
    dataset("FAULTS", "A");
    JsonNode load =
        load(
            "into=datasets/FAULTS&maxRejectRatio=1",
            zipped(
                "\uFEFFregion,indicator,time,value\r\n"
                    + "FRA,co2,2001,1\r\n"
                    + "FRA,co2,2002,\"1,5\"\r\n"
                    + "FRA,co2,2003,1,5\r\n"
                    + "FRA,co2,2004,1e400\r\n"
                    + "FRA,co2,2005,1 000\r\n"
                    + "FRA,co2,2006,Infinity\r\n"
                    + "FRA,co2,2021-02-29,1\r\n"
                    + "FRA,co2,2020-13,1\r\n"
                    + "FRA,co2,2020-01-01T00:00:00+01:00,1\r\n"
                    + "FRA,co2,2020-01-01T05:00:00,1\r\n"
                    + "FRA,co2,2020-01-01T00:00:00 Europe/Paris,1\r\n"
                    + "\"F\"\"R\",co2,2007,1\r\n"
                    + "FRA,\"co2\r\nor not\",2008,1\r\n"
                    + "FRA,co2,2009,"
                    + LONG_LINE
                    + "\r\n"
                    + "FRA,co2\r\n"
                    + "FRA,co2,2001,2.50\r\n"
                    + "FRA,co2,,1\r\n"
                    + ",co2,2010,1\r\n"
                    + "\r\n"
                    + "FRA,co2,2022-01-01T00:00:00Z,22"),
            CSV,
            "identity");
    assertThat(rejects(load))
        .containsExactly(
            "3|value|NOT_A_NUMBER|1,5",
            "4||WRONG_FIELD_COUNT|FRA,co2,2003,1,5",
            "5|value|NUMBER_TOO_LARGE|1e400",
            "6|value|NOT_A_NUMBER|1 000",
            "7|value|NOT_A_NUMBER|Infinity",
            "8||BAD_TIME|FRA,co2,2021-02-29,1",
            "9||BAD_TIME|FRA,co2,2020-13,1",
            "10||BAD_TIME|FRA,co2,2020-01-01T00:00:00+01:00,1",
            "11||BAD_TIME|FRA,co2,2020-01-01T05:00:00,1",
            "12||BAD_TIME|FRA,co2,2020-01-01T00:00:00 Europe/Paris,1",
            "13||UNKNOWN_REGION|\"F\"\"R\",co2,2007,1",
            "14||UNKNOWN_INDICATOR|FRA,\"co2\r\nor not\",2008,1",
            "16||LINE_TOO_LONG|FRA,co2,2009," + LONG_LINE.substring(0, 986) + "…",
            "17||WRONG_FIELD_COUNT|FRA,co2",
            "18|value|DUPLICATE_IN_FILE|2.50",
            "19||MISSING_TIME|FRA,co2,,1",
            "20||MISSING_REGION|,co2,2010,1");
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    assertThat(load.at("/rows/rejected").asInt()).isEqualTo(17);
    assertThat(load.at("/rows/read").asInt()).isEqualTo(19);
    assertThat(known("FAULTS"))
        .containsExactly("FRA.co2,FRA,co2,2001,1.0,A", "FRA.co2,FRA,co2,2022,22.0,A");
  }

  @Test
  void everyFaultOfALineOfJsonHasItsPlaceItsCodeAndItsText() throws Exception {
    dataset("JSON_FAULTS", "H");
    String good =
        "{\"region\": \"FRA\", \"indicator\": \"co2\", \"time\": \"2020-10-25T00:00:00Z\","
            + " \"value\": 1}";
    String zeroed = good.replace("FRA", "F\\u0000A");
    JsonNode load =
        load(
            "into=datasets/JSON_FAULTS&maxRejectRatio=1",
            ("\uFEFF"
                    + String.join(
                        "\n",
                        good,
                        good.replace("25T00:00:00Z", "25T02:00:00+01:00"),
                        good.replace("25T00:00:00Z", "25T02:00:00+02:00"),
                        good.replace("25T00:00:00Z", "25T02:00:00"),
                        good.replace("25T00:00:00Z", "25T02:00:00[Europe/Paris]"),
                        good.replace("2020-10-25", "2020-10-32"),
                        good.replace(": 1}", ": 1e400}"),
                        good.replace(": 1}", ": \"1,5\"}"),
                        good.replace(": 1}", ": true}"),
                        good.replace("}", ""),
                        good.replace("}", ", \"value\": 2}"),
                        good.replace(": 1}", ": " + LONG_LINE + "}"),
                        zeroed,
                        "[" + good + "]",
                        "",
                        good.replace("\"region\": \"FRA\", ", ""),
                        good.replace("2020-10-25", "2021-10-25")))
                .getBytes(StandardCharsets.UTF_8),
            NDJSON,
            "identity");
    assertThat(rejects(load))
        .containsExactly(
            "3|value|DUPLICATE_IN_FILE|1",
            "4||BAD_TIME|" + good.replace("25T00:00:00Z", "25T02:00:00"),
            "5||BAD_TIME|" + good.replace("25T00:00:00Z", "25T02:00:00[Europe/Paris]"),
            "6||BAD_TIME|" + good.replace("2020-10-25", "2020-10-32"),
            "7|value|NUMBER_TOO_LARGE|1e400",
            "8|value|NOT_A_NUMBER|1,5",
            "9|value|NOT_A_NUMBER|true",
            "10||NOT_JSON|" + good.replace("}", ""),
            "11||NOT_JSON|" + good.replace("}", ", \"value\": 2}"),
            "12||LINE_TOO_LONG|" + good.replace("1}", LONG_LINE).substring(0, 999) + "…",
            "13||NOT_JSON|" + zeroed,
            "14||NOT_JSON|[" + good + "]",
            "16||MISSING_REGION|" + good.replace("\"region\": \"FRA\", ", ""));
    assertThat(load.at("/rows/inserted").asInt()).isEqualTo(3);
    assertThat(known("JSON_FAULTS"))
        .containsExactly(
            "FRA.co2,FRA,co2,2020-10-25T00:00:00Z,1.0,A",
            "FRA.co2,FRA,co2,2020-10-25T01:00:00Z,1.0,A",
            "FRA.co2,FRA,co2,2021-10-25T00:00:00Z,1.0,A");
  }

  @Test
  void aFileThatCannotBeReadFailsInWordsAndLeavesEverythingAsItWas() throws Exception {
    dataset("UNREADABLE", "A");
    byte[] whole = (HEADER + "FRA,co2,2019,1\nFRA,co2,2020,2\n").getBytes(StandardCharsets.UTF_8);
    assertThat(load("into=datasets/UNREADABLE", whole, CSV, "identity").get("state").asText())
        .isEqualTo("COMPLETED");
    String before = everything("UNREADABLE");
    byte[] many = zipped(manyLines());
    byte[] binary = new byte[3_000_000];
    new Random(1).nextBytes(binary);

    fails(new byte[0], CSV, "The file is empty.");
    fails(zipped(""), CSV, "The file is empty.");
    fails(new byte[0], NDJSON, "The file is empty.");
    fails("\uFEFF", CSV, "The file is empty.");
    fails(HEADER, CSV, "The file has a header line and nothing below it.");
    fails("\n\n\n", CSV, "The file has no header line.");
    fails("FRA,co2,2019,5\n", CSV, "no column 'time'; it has FRA, co2, 2019, 5.");
    fails("region,indicator,time\nFRA,co2,2019\n", CSV, "no column 'value'; it has region,");
    fails("region;indicator;time;value\nFRA;co2;2019;5\n", CSV, "it has region;indicator;");
    fails(HEADER.replace("value", "value,time") + "FRA,co2,2019,5,1\n", CSV, "'time' twice");
    fails(HEADER + "FRA,\"co2,2019,5\n" + manyLines(), CSV, "opens in line 2 is never closed");
    fails(
        bytes(HEADER + "FRA,co2,2019,5\nÅland,co2,2019,5\n", "ISO-8859-1"),
        CSV,
        "Line 3 is not in UTF-8");
    fails(bytes(HEADER + "FRA,co2,2019,5\n", "UTF-16"), CSV, "Line 1 is not in UTF-8");
    fails(bytes(HEADER + "FRA,co2,2019,5\n", "UTF-16LE"), CSV, "Line 1 holds a zero byte");
    fails(binary, CSV, "Line 1 is not in UTF-8");
    fails(binary, NDJSON, "Line 1 is not in UTF-8");
    fails(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0}, CSV, "The zip file is broken");
    fails(LONG_LINE, CSV, "longer than 1,000,000 characters: it is no header");
    fails(Arrays.copyOf(many, many.length / 2), CSV, "The gzip file is cut off");
    fails(Arrays.copyOf(many, many.length - 3), CSV, "The gzip file is cut off");
    fails(Arrays.copyOf(many, 5), CSV, "The gzip file is cut off");
    fails(Arrays.copyOf(zipped("{}"), 12), NDJSON, "The gzip file is cut off");
    many[many.length / 2] ^= 0x55;
    fails(many, CSV, "The gzip file is broken");
    fails("[\n{\"region\": \"FRA\"},\n{\"region\": \"DEU\"}\n]\n", NDJSON, "rows were refused");
    fails("no JSON at all\n", NDJSON, "1 of 1 rows were refused");
    fails("a,b\n".repeat(10), NDJSON, "10 of 10 rows were refused");
    fails(HEADER + "FRA,co2\n".repeat(10), CSV, "10 of 10 rows were refused");
    fails(HEADER + "FRA,co2,2019,7\nFRA,co2,2020,eight\n", CSV, "1 of 2 rows were refused");

    assertThat(everything("UNREADABLE")).isEqualTo(before);
  }

  private void fails(String text, String type, String message) throws Exception {
    fails(text.getBytes(StandardCharsets.UTF_8), type, message);
  }

  /** With the mode that could do most harm. */
  private void fails(byte[] body, String type, String message) throws Exception {
    JsonNode load =
        load("into=datasets/UNREADABLE&mode=REPLACE&maxDeleteRatio=1", body, type, "identity");
    assertThat(load.get("state").asText()).as(message + load).isEqualTo("FAILED");
    assertThat(load.get("message").asText()).contains(message);
    assertThat(load.get("recordedAt").isNull()).isTrue();
  }

  @Test
  void aLayoutSaysInWhichEncodingAFileIs() throws Exception {
    dataset("ENCODED", "A");
    for (String encoding : List.of("ISO-8859-1", "UTF-16", "UTF-16LE", "windows-1252")) {
      client.create(
          "layouts/ENCODED_" + encoding,
          """
          {"into": "datasets/ENCODED", "encoding": "%s", "time": {"column": "année"},
           "value": {"column": "valeur"}, "dimensions": {"region": {"column": "region"},
           "indicator": {"column": "indicator"}}}
          """
              .formatted(encoding));
      JsonNode load =
          load(
              "layout=ENCODED_" + encoding,
              bytes("region,indicator,année,valeur\nFRA,co2,2019,5\n", encoding),
              CSV,
              "identity");
      assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    }
    assertThat(known("ENCODED")).containsExactly("FRA.co2,FRA,co2,2019,5.0,A");
  }

  @Test
  void theFirstAndTheLastYearsAreYearsLikeOthers() throws Exception {
    for (String interval : List.of("YEAR", "DECADE", "CENTURY")) {
      String dataset = "FAR_" + interval;
      dataset(dataset, "A", interval);
      List<String> years = List.of("0001", "0009", "0101", "9999");
      StringBuilder file = new StringBuilder(HEADER);
      years.forEach(year -> file.append("FRA,co2,").append(year).append(",1\n"));
      for (String fate : List.of("inserted", "unchanged")) {
        JsonNode load =
            load("into=datasets/" + dataset, bytes(file.toString(), "UTF-8"), CSV, "identity");
        assertThat(load.at("/rows/" + fate).asInt()).as(load.toString()).isEqualTo(years.size());
      }
      given()
          .contentType("application/json")
          .body("[{\"region\": \"FRA\", \"indicator\": \"gdp\", \"time\": \"0001\", \"value\": 1}]")
          .post("/api/v1/datasets/" + dataset + "/observations")
          .then()
          .statusCode(200);
      assertThat(known(dataset))
          .hasSize(years.size() + 1)
          .contains("FRA.co2,FRA,co2,0001,1.0,A", "FRA.co2,FRA,co2,9999,1.0,A");
      assertThat(
              client
                  .text("datasets/" + dataset + "/observations?from=0001&to=0101", CSV)
                  .lines()
                  .skip(1))
          .hasSize(4);
    }
  }

  @Test
  void ofABodyThatBreaksOffNothingIsLeft() throws Exception {
    dataset("BROKEN_OFF", "A");
    Path payloads = Path.of(System.getProperty("refdata.it.home"), "payloads");
    List<String> before = files(payloads);
    try (Socket socket = new Socket("127.0.0.1", Integer.getInteger("refdata.it.http.port", 0))) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/loads?into=datasets/BROKEN_OFF HTTP/1.1\r\nHost: localhost\r\n"
                  + "Content-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n"
                  + HEADER
                  + "FRA,co2,2019,5\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      await(() -> files(payloads).size() > before.size());
    }
    await(() -> files(payloads).equals(before));
    assertThat(client.get("loads?limit=1").toString()).doesNotContain("BROKEN_OFF");
    assertThat(known("BROKEN_OFF")).isEmpty();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private static List<String> files(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    return names.stream().sorted().toList();
  }

  /** All that a load may have touched: what is known, what was, and which revisions there are. */
  private String everything(String dataset) throws Exception {
    return known(dataset)
        + client.get("datasets/" + dataset + "/series").toString()
        + client.get("datasets/" + dataset + "/series/FRA.co2/vintages");
  }

  private JsonNode load(String parameters, byte[] body, String type, String encoding)
      throws Exception {
    JsonNode sent =
        client.send(
            parameters,
            BodyPublishers.ofByteArray(body),
            "Content-Type",
            type,
            "Content-Encoding",
            encoding);
    return client.ended(sent.get("id").asLong());
  }

  /** Without the header line. */
  private List<String> known(String dataset) throws Exception {
    return client.text("datasets/" + dataset + "/observations", CSV).lines().skip(1).toList();
  }

  private List<String> rejects(JsonNode load) throws Exception {
    String csv = client.text("loads/" + load.get("id").asLong() + "/rejects", CSV);
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv);
        Stream<NamedCsvRecord> stream = lines.stream()) {
      return stream
          .map(
              reject ->
                  String.join(
                      "|",
                      reject.getField("line"),
                      reject.getField("column"),
                      reject.getField("code"),
                      reject.getField("raw")))
          .toList();
    }
  }

  private static String manyLines() {
    StringBuilder lines = new StringBuilder(HEADER);
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      lines
          .append("FRA,co2,")
          .append(1900 + i % 100)
          .append(',')
          .append(random.nextInt())
          .append('\n');
    }
    return lines.toString();
  }

  private static byte[] bytes(String text, String charset) {
    return text.getBytes(Charset.forName(charset));
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
