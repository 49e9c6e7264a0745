package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures cached reads while other things are written: each second 20 edits of facilities from
 * number 500 on, which are not on the first page, and 20 pushes of 100 observations of series from
 * number 600 on.
 */
final class BesideWrites {
  private static final Wrk WRK = Wrk.with(16);
  private static final String JSON = "Accept: application/json";
  private static final int EACH_PER_SECOND = 20;
  private static final int FIRST_ITEM = 500;
  private static final int ITEMS = 500;
  private static final int FIRST_SERIES = 600;
  private static final int PUSHED = 100;

  private final ReadPlatform platform;
  private final int seconds;

  /**
   * @param seconds how long a side is measured in a turn
   */
  BesideWrites(ReadPlatform platform, int seconds) {
    this.platform = platform;
    this.seconds = seconds;
  }

  /** The rate beside writes as a part of the rate without. */
  Measurement rates(String id, String path, int warmUp) throws Exception {
    URI url = platform.api(path);
    WRK.warmUp(url, warmUp, JSON);
    warmUpWrites(2 * warmUp);
    Ratio ratio = new Ratio(id, "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double quiet = WRK.rate(url, seconds, JSON);
      CompletableFuture<Void> writes = CompletableFuture.runAsync(this::write);
      ratio.add(WRK.rate(url, seconds, JSON), quiet);
      writes.join();
    }
    return ratio.measurement();
  }

  /**
   * Writes as fast as one client can: the first ten thousand writes cost a server several times
   * what it costs later, while its code is compiled (docs/lab/reads.md).
   */
  private void warmUpWrites(int seconds) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      for (HttpRequest write : List.of(edit(), push())) {
        int status = client.send(write, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
          throw new IllegalStateException(write + " was answered " + status);
        }
      }
    }
  }

  private void write() {
    List<HttpRequest> writes = new ArrayList<>();
    for (int i = 0; i < EACH_PER_SECOND * seconds; i++) {
      writes.add(edit());
      writes.add(push());
    }
    try {
      ConstantRate.millis(2 * EACH_PER_SECOND, writes);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest edit() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return ConstantRate.edit(
        platform.api("facilities/PLANT_" + (FIRST_ITEM + random.nextInt(ITEMS))),
        "{\"capacityMw\": " + random.nextInt(900) + "}");
  }

  private HttpRequest push() {
    int value = ThreadLocalRandom.current().nextInt(5_000);
    String rows =
        IntStream.range(FIRST_SERIES, FIRST_SERIES + PUSHED)
            .mapToObj(
                series ->
                    "{\"indicator\": \"%s\", \"time\": \"1995-02-01\", \"value\": %d.5}"
                        .formatted(SeriesFile.code(series), value))
            .collect(Collectors.joining(",", "[", "]"));
    return HttpRequest.newBuilder(platform.api("datasets/MANY/observations"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(rows))
        .build();
  }
}
