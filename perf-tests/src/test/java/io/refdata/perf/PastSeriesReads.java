package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import java.io.IOException;
import java.net.URI;

/**
 * Measures uncached reads of a series as of instants that nobody has asked about before, beside
 * those of its current state.
 */
final class PastSeriesReads {
  private static final int CONNECTIONS = 16;
  private static final String UNCACHED = "Cache-Control: no-cache";

  private final ReadPlatform platform;
  private final int seconds;
  private long run;

  /**
   * @param seconds how long a side is measured in a turn
   */
  PastSeriesReads(ReadPlatform platform, int seconds) {
    this.platform = platform;
    this.seconds = seconds;
  }

  /** The rate as of instants as a part of the rate of the current state. */
  Measurement rates(String id, String path, int warmUp) throws IOException, InterruptedException {
    URI url = platform.api(path);
    // The same script as for the past: to make a request takes wrk some of the same processors.
    Wrk current =
        Wrk.counting(
            CONNECTIONS,
            platform.directory().resolve("current-series.lua"),
            "\"%s?%s\"".formatted(url.getPath(), url.getQuery()));
    current.warmUp(url, warmUp, UNCACHED);
    for (int second = 0; second < warmUp; second++) {
      past(url, 1);
    }
    Ratio ratio = new Ratio(id, "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double rate = current.rate(url, seconds, UNCACHED);
      ratio.add(past(url, seconds), rate);
    }
    return ratio.measurement();
  }

  /**
   * A run takes a second or more, so its instants, microseconds apart and in a second of the run's
   * own, are past.
   */
  private double past(URI url, int duration) throws IOException, InterruptedException {
    String second = platform.filled().plusSeconds(run++).toString().substring(0, 19);
    Wrk wrk =
        Wrk.counting(
            CONNECTIONS,
            platform.directory().resolve("past-series.lua"),
            "\"%s?%s&asOf=%s.\" .. string.format(\"%%06d\", n) .. \"Z\""
                .formatted(url.getPath(), url.getQuery(), second));
    return wrk.rate(url, duration, UNCACHED);
  }
}
