package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Measures reads of an item beside forty clients that read long CSV slowly, and without them. */
final class BesideSlowReaders {
  private static final int READERS = 40;
  private static final int BYTES = 4_096;
  private static final int EVERY_MILLIS = 100;
  private static final int PER_SECOND = 100;
  private static final Wrk WRK = Wrk.with(16);
  private static final String JSON = "Accept: application/json";
  private static final String WITHOUT_CACHES = "Cache-Control: no-cache";

  private final ReadPlatform platform;
  private final String item;
  private final int seconds;

  BesideSlowReaders(ReadPlatform platform, String item, int seconds) {
    this.platform = platform;
    this.item = item;
    this.seconds = seconds;
  }

  /** The rate and the 99th percentile. */
  List<Measurement> measure(int warmUp) throws Exception {
    URI url = platform.api(item);
    WRK.warmUp(url, warmUp, JSON, WITHOUT_CACHES);
    OpenLoad steady =
        new OpenLoad(
            url,
            Map.of("Accept", "application/json", "Cache-Control", "no-cache"),
            new String(platform.get(item).body(), StandardCharsets.UTF_8));
    Ratio rate = new Ratio("slow-readers-rate", "requests/s");
    Ratio p99 = new Ratio("slow-readers-p99", "ms");
    for (int turn = 0; turn < Scale.turns(); turn++) {
      double quiet = WRK.rate(url, seconds, JSON, WITHOUT_CACHES);
      double quietMillis = steady.run(PER_SECOND, 1, seconds).latency().millis(99);
      try (Readers readers = new Readers(platform.api("datasets/MANY/observations"))) {
        // Meanwhile the server makes the responses, which takes it as long as for any reader.
        WRK.warmUp(url, 2 * seconds, JSON, WITHOUT_CACHES);
        rate.add(WRK.rate(url, seconds, JSON, WITHOUT_CACHES), quiet);
        p99.add(quietMillis, steady.run(PER_SECOND, 1, seconds).latency().millis(99));
      }
    }
    return List.of(rate.measurement(), p99.measurement());
  }

  /** Clients that read a little ten times a second. */
  private static final class Readers implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Readers(URI csv) throws IOException {
      for (int i = 0; i < READERS; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BYTES);
        socket.connect(new InetSocketAddress(csv.getHost(), csv.getPort()));
        String request =
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
                .formatted(csv.getRawPath());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      var unused = clock.scheduleWithFixedDelay(this::read, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
      try {
        for (Socket socket : sockets) {
          InputStream in = socket.getInputStream();
          in.readNBytes(Math.min(BYTES, in.available()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      clock.shutdownNow();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
