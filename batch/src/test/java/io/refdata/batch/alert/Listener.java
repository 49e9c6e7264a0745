package io.refdata.batch.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.refdata.persistence.alert.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of alerts that answers as it is told. */
final class Listener implements AutoCloseable {
  /** The answer of one that does not answer until it is closed. */
  static final int NEVER = -1;

  final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final int[] answers;
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** A request. */
  record Heard(String path, String id, String timestamp, String signature, String body) {}

  /** One that answers with these statuses, and with the last one from then on. */
  Listener(int... answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  Receiver receiver(Receiver.Kind kind) {
    return new Receiver(
        kind, URI.create("http://localhost:" + server.getAddress().getPort() + "/hook"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    heard.add(
        new Heard(
            exchange.getRequestURI().getPath(),
            header(exchange, "webhook-id"),
            header(exchange, "webhook-timestamp"),
            header(exchange, "webhook-signature"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    int status = answers[Math.min(calls.getAndIncrement(), answers.length - 1)];
    if (status == NEVER) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
