package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Reads the observations of all series up to a day as CSV, a million or all if there are fewer, and
 * the same rows by {@code COPY}.
 */
final class StreamedCsv {
  private static final int MAX_ROWS = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final String COPY =
      """
      copy (select s.key, s.dimensions[1], o.time, o.value, o.status
              from curated.observation_%d o
              join curated.series s on s.id = o.series_id
             where o.time <= '%s 00:00:00Z') to stdout with (format csv)
      """;

  private final ReadPlatform platform;
  private final int rows;
  private final LocalDate last;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param observations the number of observations in the dataset
   */
  StreamedCsv(ReadPlatform platform, int observations) {
    this.platform = platform;
    int days = Math.min(observations, MAX_ROWS) / SeriesFile.SERIES;
    this.rows = days * SeriesFile.SERIES;
    this.last = SeriesFile.FIRST.plusDays(days - 1);
  }

  /**
   * Rows per second divided by those of {@code COPY}, and the milliseconds until the first byte.
   */
  List<Measurement> measure(String speed, String firstByte) throws Exception {
    stream();
    Ratio rates = new Ratio(speed, "rows/s");
    List<Double> millis = new ArrayList<>();
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double copied = rows / copy();
      Times times = stream();
      rates.add(rows / times.seconds(), copied);
      millis.add(times.firstByteMillis());
    }
    return List.of(rates.measurement(), new Measurement(firstByte, millis, "", "", null));
  }

  private double copy() throws Exception {
    try (Connection connection = platform.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet dataset =
            statement.executeQuery("select id from curated.dataset where code = 'MANY'")) {
      dataset.next();
      long start = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(COPY.formatted(dataset.getInt(1), last), OutputStream.nullOutputStream());
      return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
  }

  private record Times(double seconds, double firstByteMillis) {}

  private Times stream() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(platform.api("datasets/MANY/observations?to=" + last))
            .header("Accept", "text/csv")
            .header("Cache-Control", "no-cache")
            .build();
    long start = System.nanoTime();
    try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body()) {
      byte[] buffer = new byte[1 << 16];
      int read = in.read(buffer);
      long first = System.nanoTime();
      check(new String(buffer, 0, Math.max(0, read), StandardCharsets.UTF_8).startsWith("key,"));
      long lines = 0;
      for (; read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
      check(lines == rows + 1);
      return new Times(
          (System.nanoTime() - start) / NANOS_PER_SECOND, (first - start) / NANOS_PER_MILLISECOND);
    }
  }

  private static void check(boolean asExpected) {
    if (!asExpected) {
      throw new IllegalStateException("The CSV does not have the expected rows");
    }
  }
}
