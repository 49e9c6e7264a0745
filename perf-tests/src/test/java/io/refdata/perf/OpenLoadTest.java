package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoadTest {
  private static final String BODY = "{\"code\":\"A\"}";
  private static final int PER_SECOND = 100;
  private static final int SECONDS = 2;
  private static final int EXPECTED = PER_SECOND * SECONDS;

  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService oneAtATime = Executors.newSingleThreadExecutor();
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  OpenLoadTest() {}

  /**
   * Responds to {@code /right} always with the expected body, to {@code /wrong} with another body
   * each tenth time, to {@code /failing} with 503 each tenth time. {@code /stalling} stalls once.
   */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.createContext(
        "/",
        exchange -> {
          boolean tenth = requests.incrementAndGet() % 10 == 0;
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/stalling") && requests.get() == PER_SECOND * 3 / 2) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
          }
          String body = path.equals("/wrong") && tenth ? "{\"code\":\"B\"}" : BODY;
          exchange.sendResponseHeaders(path.equals("/failing") && tenth ? 503 : 200, body.length());
          exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.setExecutor(oneAtATime);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    oneAtATime.shutdown();
  }

  private OpenLoad.Outcome run(String path) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new OpenLoad(url, Map.of("Accept", "application/json"), BODY)
        .run(PER_SECOND, 1, SECONDS);
  }

  @Test
  void allRequestsAreSentAndTimed() {
    OpenLoad.Outcome outcome = run("/right?a=b");
    assertThat(outcome.sent()).isBetween(EXPECTED * 9 / 10, EXPECTED * 11 / 10);
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.latency().nanos().getTotalCount()).isEqualTo(outcome.sent());
    assertThat(outcome.latency().perSecond())
        .hasSize(SECONDS)
        .allMatch(responses -> responses > PER_SECOND / 2);
  }

  @Test
  void requestsDuringAStallCountAsSlow() {
    OpenLoad.Outcome outcome = run("/stalling");
    assertThat(outcome.failed()).isZero();
    // 50 requests of 200 are due during the half second, 40 of them wait for more than 0.1 s.
    assertThat(outcome.latency().millis(85)).isGreaterThan(100);
  }

  @Test
  void anotherBodyAndAnotherStatusAreFailures() {
    OpenLoad.Outcome wrong = run("/wrong");
    assertThat(wrong.failed()).isBetween(wrong.sent() / 10 - 1, wrong.sent() / 10 + 1);
    OpenLoad.Outcome failing = run("/failing");
    assertThat(failing.failed()).isBetween(failing.sent() / 10 - 1, failing.sent() / 10 + 1);
  }
}
