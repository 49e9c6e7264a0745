package io.refdata.api.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that take turns, on a server of their own. */
@SuppressWarnings("NullAway.Init")
class TurnsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String CALLER = "somebody";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A permit for each request that may go on. */
  private final Semaphore permits = new Semaphore(0);

  private final AtomicLong clock = new AtomicLong();
  private Undertow server;

  @AfterEach
  void stop() {
    permits.release(1_000);
    server.stop();
  }

  private void start(Turns turns) {
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(exchange -> turns.handle(exchange, this::answer, CALLER))
            .build();
    server.start();
  }

  private void answer(HttpServerExchange exchange) {
    if (exchange.isInIoThread()) {
      exchange.dispatch(this::answer);
    } else {
      permits.acquireUninterruptibly();
      exchange.getResponseSender().send("done");
    }
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return HTTP.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/x")).build(),
        BodyHandlers.ofString());
  }

  @Test
  void whoFindsAllPlacesTakenIsToldAtOnceToComeAgain() {
    Turns turns = new Turns(1, 2, 2, LONG, overload(LONG, LONG));
    start(turns);
    List<CompletableFuture<HttpResponse<String>>> served = new ArrayList<>();
    served.add(ask());
    await().until(() -> turns.running() == 1);
    served.add(ask());
    served.add(ask());
    await().until(() -> turns.waiting() == 2);
    HttpResponse<String> refused = ask().join();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(turns.refused()).isEqualTo(1);
    permits.release(3);
    assertThat(served).allMatch(answer -> answer.join().statusCode() == 200);
    await().until(() -> turns.running() == 0 && turns.waiting() == 0);
  }

  @Test
  void nobodyWaitsLongerThanTheBound() {
    Turns turns = new Turns(1, 100, 100, Duration.ofMillis(200), overload(LONG, LONG));
    start(turns);
    CompletableFuture<HttpResponse<String>> first = ask();
    await().until(() -> turns.running() == 1);
    assertThat(ask().join().statusCode()).isEqualTo(503);
    permits.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
    permits.release();
    assertThat(ask().join().statusCode()).isEqualTo(200);
  }

  /** All have waited long for some time: who still does is refused, and others run. */
  @Test
  void underOverloadWhoHasWaitedTooLongMakesWay() {
    Turns turns =
        new Turns(1, 100, 100, LONG, overload(Duration.ofMillis(600), Duration.ofMillis(100)));
    start(turns);
    List<CompletableFuture<HttpResponse<String>>> served = new ArrayList<>();
    served.add(ask());
    await().until(() -> turns.running() == 1);
    served.add(ask());
    await().until(() -> turns.waiting() == 1);
    List<CompletableFuture<HttpResponse<String>>> late = List.of(ask(), ask());
    await().until(() -> turns.waiting() == 3);
    pass(Duration.ofMillis(700));
    permits.release(); // the second has waited too long, but nobody before it had
    await().until(() -> turns.waiting() == 2);
    pass(Duration.ofMillis(150));
    served.add(ask());
    await().until(() -> turns.waiting() == 3);
    permits.release(2);
    assertThat(served).allMatch(answer -> answer.join().statusCode() == 200);
    assertThat(late).allMatch(answer -> answer.join().statusCode() == 503);
    await().until(() -> turns.running() == 0);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private Overload overload(Duration delay, Duration after) {
    return new Overload(LONG, delay, after, clock::get);
  }

  /** Of a caller that sends more than is served, those served are served soon. */
  @Test
  void whoComesLastIsServedFirstWhenMoreComeThanGo() {
    Turns turns =
        new Turns(1, 100, 100, LONG, new Overload(Duration.ofMillis(10), LONG, LONG, clock::get));
    start(turns);
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    asked.add(ask());
    await().until(() -> turns.running() == 1);
    for (int waiting = 1; waiting <= 3; waiting++) {
      int expected = waiting;
      asked.add(ask());
      await().until(() -> turns.waiting() == expected);
    }
    permits.release(); // it is the turn of the first that came
    assertThat(asked.get(0).join().statusCode()).isEqualTo(200);
    await().until(() -> turns.waiting() == 2);
    pass(Duration.ofMillis(45));
    permits.release(2); // of the two that wait, the newer comes after the one that runs
    assertThat(asked.get(1).join().statusCode()).isEqualTo(200);
    assertThat(asked.get(3).join().statusCode()).isEqualTo(200);
    assertThat(asked.get(2)).isNotDone();
    permits.release();
    assertThat(asked.get(2).join().statusCode()).isEqualTo(200);
  }

  /**
   * Clients that come again as soon as they are served leave nobody behind, however slow it goes.
   */
  @Test
  void whoWaitedOnceIsServedInOrderWhereNoMoreComeThanGo() {
    Turns turns = new Turns(1, 100, 100, LONG, new Overload(Duration.ZERO, LONG, LONG, clock::get));
    start(turns);
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    asked.add(ask());
    await().until(() -> turns.running() == 1);
    asked.add(ask());
    await().until(() -> turns.waiting() == 1);
    pass(Duration.ofMillis(400));
    for (int turn = 0; turn < 5; turn++) {
      asked.add(ask());
      await().until(() -> turns.waiting() == 2);
      pass(Duration.ofMillis(20));
      permits.release();
      assertThat(asked.get(turn).join().statusCode()).isEqualTo(200);
      await().until(() -> turns.waiting() == 1);
    }
  }

  /** A short peak is no overload, however long the first of it waited. */
  @Test
  void aPeakIsServedWhole() {
    Turns turns = new Turns(2, 100, 100, LONG, overload(Duration.ofMillis(1), LONG));
    start(turns);
    List<CompletableFuture<HttpResponse<String>>> peak = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      peak.add(ask());
    }
    await().until(() -> turns.waiting() == 18);
    pass(Duration.ofMillis(300));
    permits.release(20);
    assertThat(peak).allMatch(answer -> answer.join().statusCode() == 200);
    assertThat(turns.refused()).isZero();
  }

  @Test
  void aCallerCanTakeAPartOfThePlacesOnly() {
    Turns turns = new Turns(1, 100, 1, LONG, overload(LONG, LONG));
    start(turns);
    CompletableFuture<HttpResponse<String>> runs = ask();
    await().until(() -> turns.running() == 1);
    CompletableFuture<HttpResponse<String>> waits = ask();
    await().until(() -> turns.waiting() == 1);
    HttpResponse<String> refused = ask().join();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    permits.release(2);
    assertThat(List.of(runs, waits)).allMatch(answer -> answer.join().statusCode() == 200);
  }
}
