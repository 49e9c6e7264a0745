package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.EmbeddedDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is told to end while a load balancer sends it reads and writes: no request fails,
 * since the balancer sees in time that it is not ready, and all that was acknowledged is there.
 */
@Tag("own-platform")
class LeavingIT {
  private static final String NOTICE = "2";
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger answeredInNotice = new AtomicInteger();

  @Test
  void noRequestFails(@TempDir Path home) throws Exception {
    List<Integer> written = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"))) {
      WildFlyServer server =
          WildFlyServer.start(
              WildFlyServer.Settings.ofBuild(home, database, "512m")
                  .with(Map.of("refdata.stop.notice", NOTICE)));
      ExecutorService threads = Executors.newCachedThreadPool();
      List<Future<?>> clients = new ArrayList<>();
      try {
        clients.add(threads.submit(() -> probe(server.url())));
        for (int reader = 0; reader < 3; reader++) {
          clients.add(threads.submit(() -> read(server.url())));
        }
        clients.add(threads.submit(() -> write(server.url(), written)));
        Awaitility.await().until(() -> answered.get() > 200);
      } finally {
        over.set(true);
        server.stop();
        threads.shutdown();
      }
      for (Future<?> client : clients) {
        client.get();
      }
      System.out.printf(
          "SIGTERM: %d requests before it, %d after it, failed: %d; writes acknowledged: %d%n",
          answered.get(), answeredInNotice.get(), failed.size(), written.size());
      assertThat(failed).isEmpty();
      assertThat(answeredInNotice).hasPositiveValue();
      assertThat(written).isNotEmpty();
      assertThat(
              KillablePlatform.answer(
                  database.dataSource().getConnection(),
                  "select count(*) from ref.provider where code like 'LEAVING%'"))
          .isEqualTo(Integer.toString(written.size()));
    }
  }

  /** Looks whether the server is ready, as a load balancer does. */
  private Void probe(URI server) throws Exception {
    while (ready.get()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build();
      ready.set(http.send(request, BodyHandlers.ofString()).statusCode() == 200);
      LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
    }
    return null;
  }

  private Void read(URI server) {
    for (int number = 0; ready.get(); number++) {
      send(
          HttpRequest.newBuilder(server.resolve("/api/v1/regions?limit=" + (1 + number % 1000)))
              .header("Cache-Control", number % 2 == 0 ? "no-cache" : "max-age=0")
              .build());
    }
    return null;
  }

  private Void write(URI server, List<Integer> written) {
    for (int number = 0; ready.get(); number++) {
      boolean acknowledged =
          send(
              HttpRequest.newBuilder(server.resolve("/api/v1/providers/LEAVING_" + number))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"name\": \"Written\"}"))
                  .build());
      if (acknowledged) {
        written.add(number);
      }
    }
    return null;
  }

  private boolean send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      boolean good = response.statusCode() < 300;
      if (good) {
        (over.get() ? answeredInNotice : answered).incrementAndGet();
      } else {
        failed.add(request.uri() + ": " + response.statusCode() + " " + response.body());
      }
      return good;
    } catch (Exception e) {
      failed.add(request.uri() + ": " + e);
      return false;
    }
  }
}
