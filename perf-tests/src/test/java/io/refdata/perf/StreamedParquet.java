package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;

/**
 * Reads the observations of all series up to a day as Parquet and as CSV, a million or all if there
 * are fewer.
 */
final class StreamedParquet {
  private static final int MAX_ROWS = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ReadPlatform platform;
  private final double rows;
  private final LocalDate last;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param observations the number of observations in the dataset
   */
  StreamedParquet(ReadPlatform platform, int observations) {
    this.platform = platform;
    int days = Math.min(observations, MAX_ROWS) / SeriesFile.SERIES;
    this.rows = days * SeriesFile.SERIES;
    this.last = SeriesFile.FIRST.plusDays(days - 1);
  }

  private record Streamed(double seconds, double bytes) {}

  /** Rows per second divided by those of CSV, and the rows per byte divided by those of CSV. */
  List<Measurement> measure(String speed, String size) throws Exception {
    stream("parquet");
    Ratio rates = new Ratio(speed, "rows/s");
    Ratio sizes = new Ratio(size, "rows/byte");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      Streamed csv = stream("csv");
      Streamed parquet = stream("parquet");
      rates.add(rows / parquet.seconds(), rows / csv.seconds());
      sizes.add(rows / parquet.bytes(), rows / csv.bytes());
    }
    return List.of(rates.measurement(), sizes.measurement());
  }

  private Streamed stream(String format) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                platform.api("datasets/MANY/observations?to=" + last + "&format=" + format))
            .header("Cache-Control", "no-cache")
            .build();
    long start = System.nanoTime();
    long bytes = 0;
    try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body()) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return new Streamed((System.nanoTime() - start) / NANOS_PER_SECOND, bytes);
  }
}
