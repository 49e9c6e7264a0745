package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.net.URI;
import java.util.stream.DoubleStream;

/** Measures reads of all facilities in turn, which the cache of responses should hold. */
final class DistinctItems {
  private static final int CONNECTIONS = 16;
  private static final String JSON = "Accept: application/json";

  private DistinctItems() {}

  /**
   * Requests per second when each facility is asked for in turn.
   *
   * @param facilities how many there are
   * @param warmUp how long a round of warming up takes, in seconds
   */
  static Measurement rate(String id, ReadPlatform platform, int facilities, int warmUp)
      throws IOException, InterruptedException {
    URI url = platform.api("facilities");
    Wrk wrk =
        Wrk.counting(
            CONNECTIONS,
            platform.directory().resolve("distinct-items.lua"),
            "\"%s/PLANT_\" .. n %% %d".formatted(url.getPath(), facilities));
    wrk.warmUp(url, warmUp, JSON);
    double[] rates = new double[Scale.turns()];
    for (int turn = 0; turn < rates.length; turn++) {
      rates[turn] = wrk.rate(url, Scale.seconds(), JSON);
    }
    return Measurement.of(id, DoubleStream.of(rates));
  }
}
