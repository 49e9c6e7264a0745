package io.refdata.api.body;

import io.refdata.api.route.Route;
import io.refdata.persistence.load.Payloads;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets a request through to the worker threads when all of its body is here. A servlet that reads
 * from the network, or throws away what it has not read, waits in a worker thread for as long as
 * the client likes; whatever the method and the address. Files go to disk, all other bodies are
 * kept in memory, each bounded, and all of them together ({@code refdata.bodies.memory}).
 */
public final class BodyHandler implements HttpHandler {
  private static final int MIB = 1 << 20;
  private static final int MOST_OF_A_PUSH = 16 * MIB;
  private static final int MOST = MIB;

  /** Writing to disk and hashing; more would wait for the same disk. */
  private static final int DISK_THREADS = 2;

  private static final int IDLE_SECONDS = 10;

  private final HttpHandler next;
  private final BodyMemory memory;
  private final Pace.Bounds pace;
  private final Executor disk = disk();

  public BodyHandler(HttpHandler next) {
    this.next = next;
    this.memory = new BodyMemory(Setting.BODIES_MEMORY.number());
    Duration span = Setting.BODIES_SPAN.time();
    long rate = Setting.BODIES_BYTES_PER_SECOND.number();
    this.pace = new Pace.Bounds(span, span.toMillis() * rate / TimeUnit.SECONDS.toMillis(1));
  }

  /** Threads that end by themselves when there is nothing to write: nobody has to close them. */
  private static Executor disk() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            DISK_THREADS,
            DISK_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "bodies to disk"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Route route = Route.of(exchange);
    Route.Body body = route == null ? Route.Body.DOCUMENT : route.body(exchange.getRequestMethod());
    if (body == Route.Body.FILE) {
      receive(
          new FileBody(exchange, next, pace, memory, disk, new Payloads().arriving()), exchange);
    } else if (exchange.isRequestComplete()) {
      next.handleRequest(exchange);
    } else {
      int most = body == Route.Body.PUSH ? MOST_OF_A_PUSH : MOST;
      new MemoryBody(exchange, next, pace, memory, most).begin();
    }
  }

  private void receive(FileBody body, HttpServerExchange exchange) throws Exception {
    if (exchange.isRequestComplete()) {
      next.handleRequest(exchange);
    } else {
      body.begin();
    }
  }
}
