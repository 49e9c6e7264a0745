package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
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
  private static final int WARM_UP_FACTOR = 3;

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
    warmUpWrites();
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
   * Sends as many writes as are measured in all turns, and faster: what a server writes first costs
   * it several times what it costs later, while its code is compiled.
   */
  private void warmUpWrites() {
    write(Ratio.TURNS * seconds, WARM_UP_FACTOR);
  }

  private void write() {
    write(seconds, 1);
  }

  /**
   * @param seconds the seconds whose writes are sent
   * @param factor how much faster
   */
  private void write(int seconds, int factor) {
    List<HttpRequest> writes = new ArrayList<>();
    for (int i = 0; i < EACH_PER_SECOND * seconds; i++) {
      writes.add(edit());
      writes.add(push());
    }
    try {
      ConstantRate.millis(2 * EACH_PER_SECOND * factor, writes);
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
