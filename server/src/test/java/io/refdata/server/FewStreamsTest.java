package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of HTTP/2 that keeps to no number, since this server tells it none. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class FewStreamsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile CountDownLatch underWay = new CountDownLatch(0);
  private Undertow server;
  private URI address;

  /** Requests are answered when as many as the latch counts are under way. */
  @BeforeEach
  void start() throws Exception {
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(
                new FewStreams(
                    exchange ->
                        exchange.dispatch(
                            () -> {
                              underWay.countDown();
                              try {
                                underWay.await(30, TimeUnit.SECONDS);
                              } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                              }
                              exchange.endExchange();
                            }),
                    1))
            .build();
    server.start();
    InetSocketAddress at = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    address = URI.create("http://127.0.0.1:" + at.getPort());
    HttpResponse<Void> first = send().get(30, TimeUnit.SECONDS);
    assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private CompletableFuture<HttpResponse<Void>> send() {
    return client.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
  }

  /** The statuses of requests that are sent together; those that are reset have none. */
  private List<Integer> statuses(int count) throws Exception {
    underWay = new CountDownLatch(2);
    List<CompletableFuture<HttpResponse<Void>>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(send());
    }
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<Void>> one : sent) {
      try {
        statuses.add(one.get(30, TimeUnit.SECONDS).statusCode());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IOException.class);
      }
    }
    return statuses;
  }

  @Test
  void twiceAsManyAsAreToldAreAnswered() throws Exception {
    for (int round = 0; round < 20; round++) {
      assertThat(statuses(2)).containsExactly(200, 200);
    }
  }

  @Test
  void moreAreReset() throws Exception {
    assertThat(statuses(5)).containsExactly(200, 200);
    assertThat(statuses(2)).containsExactly(200, 200);
  }
}
