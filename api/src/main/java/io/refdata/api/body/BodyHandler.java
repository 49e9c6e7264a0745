package io.refdata.api.body;

import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.route.Route;
import io.refdata.domain.layout.LayoutProposals;
import io.refdata.persistence.load.Payloads;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes a request to the worker threads only when its whole body has arrived. Otherwise a slow
 * client could hold a worker thread as long as it likes: while a servlet reads the body from the
 * network, or while it skips an unread rest, for any method and path. Files go to disk. All other
 * bodies are held in memory; each of them is bounded, and so is their sum ({@code
 * refdata.bodies.memory}).
 */
public final class BodyHandler implements HttpHandler {
  private static final int MAX_PUSH_BYTES = (int) Setting.PUSH_BYTES.number();
  private static final int MAX_BYTES = (int) Setting.DOCUMENT_BYTES.number();

  /** The threads that hash bodies and write them to disk; more would wait for the same disk. */
  private static final int DISK_THREADS = 2;

  private static final int IDLE_SECONDS = 10;

  private final HttpHandler next;
  private final BodyMemory memory;
  private final Pace.Bounds pace;
  private final long mostArriving = Setting.BODIES_AT_A_TIME.number();
  private final AtomicInteger arriving = new AtomicInteger();
  private final Executor disk = disk();

  public BodyHandler(HttpHandler next) {
    this.next = next;
    this.memory = new BodyMemory(Setting.BODIES_MEMORY.number());
    Duration span = Setting.BODIES_SPAN.time();
    long rate = Setting.BODIES_BYTES_PER_SECOND.number();
    this.pace = new Pace.Bounds(span, span.toMillis() * rate / TimeUnit.SECONDS.toMillis(1));
  }

  /** Its threads end by themselves when they are idle, so the executor needs no shutdown. */
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
    if (!exchange.isRequestComplete() && !begins(exchange)) {
      EarlyProblem.send(
          exchange, new Problem(ProblemType.UNAVAILABLE, "Too many bodies are on their way now."));
    } else if (body == Route.Body.FILE) {
      receive(
          new FileBody(exchange, next, pace, memory, disk, new Payloads().arriving()), exchange);
    } else if (exchange.isRequestComplete()) {
      next.handleRequest(exchange);
    } else {
      new MemoryBody(exchange, next, pace, memory, maxBytes(body)).begin();
    }
  }

  /** Counts a body until the end of its exchange; false if there are too many. */
  private boolean begins(HttpServerExchange exchange) {
    if (arriving.incrementAndGet() > mostArriving) {
      arriving.decrementAndGet();
      return false;
    }
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          arriving.decrementAndGet();
          nextListener.proceed();
        });
    return true;
  }

  private static int maxBytes(Route.Body body) {
    return switch (body) {
      case PUSH -> MAX_PUSH_BYTES;
      case SAMPLE -> LayoutProposals.MOST_BYTES;
      default -> MAX_BYTES;
    };
  }

  private void receive(FileBody body, HttpServerExchange exchange) throws Exception {
    if (exchange.isRequestComplete()) {
      next.handleRequest(exchange);
    } else {
      body.begin();
    }
  }
}
