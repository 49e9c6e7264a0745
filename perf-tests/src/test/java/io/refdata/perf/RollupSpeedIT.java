package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Scale;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares two datasets with the same hourly values in one run: one with a monthly rollup, one
 * without. What a rollup costs a load, and what it saves who asks for months.
 */
@SuppressWarnings("NullAway.Init")
class RollupSpeedIT {
  private static final int ROWS = Math.max(1_000_000, Scale.observations());
  private static final int SERIES = 100;
  private static final int TURNS = Scale.isSmall() ? 2 : 3;
  private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start("512m");
    platform.addIndicators();
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void aRollupCostsLoadsLittleAndSavesReadersMuch() throws Exception {
    Path file = hours(platform.directory().resolve("hours.csv"));
    load("WARM_ROLLED", true, file);
    Ratio merge = new Ratio("rollup-load", "s");
    for (int turn = 0; turn < TURNS; turn++) {
      double plain = load("PLAIN_" + turn, false, file);
      merge.add(load("ROLLED_" + turn, true, file), plain);
    }
    Gate.measured(merge.measurement());
    Ratio read = new Ratio("rollup-months", "s");
    months("ROLLED_0");
    for (int turn = 0; turn < TURNS; turn++) {
      double plain = months("PLAIN_0");
      double[] rolled = new double[5];
      for (int i = 0; i < rolled.length; i++) {
        rolled[i] = months("ROLLED_0");
      }
      Arrays.sort(rolled);
      read.add(plain, rolled[rolled.length / 2]);
    }
    Gate.measured(read.measurement());
  }

  private static Path hours(Path file) throws IOException {
    int hours = ROWS / SERIES;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("indicator,time,value\n");
      for (int series = 0; series < SERIES; series++) {
        for (int hour = 0; hour < hours; hour++) {
          out.write(SeriesFile.code(series));
          out.write(',');
          out.write(FIRST.plusSeconds(3_600L * hour).toString());
          out.write(',');
          out.write((series + hour) % 5_000 + "." + (hour % 10) + "3\n");
        }
      }
    }
    return file;
  }

  /** Seconds that the load was at work. */
  private static double load(String code, boolean rolledUp, Path file) throws Exception {
    platform
        .client()
        .create(
            "datasets/" + code,
            """
            {"name": "Hours", "frequency": "H", "partitioning": {"interval": "YEAR"},
             "dimensions": [{"code": "indicator", "values": "indicators"}]}
            """);
    if (rolledUp) {
      platform.client().create("datasets/" + code + "/rollups/MONTHS", "{\"frequency\": \"M\"}");
    }
    long start = System.nanoTime();
    JsonNode load = platform.client().load("into=datasets/" + code, BodyPublishers.ofFile(file));
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    System.out.printf(Locale.ROOT, "%s: %.2f s, %s%n", code, seconds, load.get("steps"));
    return seconds;
  }

  /** Seconds until all months of all series are there, past the cache. */
  private static double months(String code) throws Exception {
    URI address =
        platform
            .url()
            .resolve(
                "/api/v1/datasets/"
                    + code
                    + "/observations?format=csv&frequency=M&aggregation=SUM");
    long start = System.nanoTime();
    String months =
        HTTP.send(
                HttpRequest.newBuilder(address).header("Cache-Control", "no-cache").build(),
                BodyHandlers.ofString())
            .body();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(months.lines().count()).isGreaterThan(SERIES * 12);
    return seconds;
  }
}
