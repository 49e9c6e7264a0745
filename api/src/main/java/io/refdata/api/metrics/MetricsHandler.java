package io.refdata.api.metrics;

import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.timing.RequestId;
import io.refdata.api.timing.ServerTiming;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.servlet.ServletContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code /metrics} in the text format of Prometheus, in a thread of its own: it waits
 * neither for other requests nor for the database. Only a few can wait for that thread.
 */
final class MetricsHandler implements HttpHandler {
  private static final String PATH = "/metrics";
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int IDLE_SECONDS = 60;

  private final HttpHandler next;
  private final ServletContext context;

  /** Those that wait for the thread, and the one that has it. */
  private final Semaphore places = new Semaphore((int) Setting.METRICS_WAITING.number() + 1);

  /** Its thread ends by itself when it is idle, so it needs no shutdown. */
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> new Thread(task, "metrics"));

  MetricsHandler(HttpHandler next, ServletContext context) {
    this.next = next;
    this.context = context;
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getRequestPath().equals(PATH)) {
      begin(exchange);
    } else {
      next.handleRequest(exchange);
    }
  }

  private void begin(HttpServerExchange exchange) {
    if (!exchange.getRequestMethod().equals(Methods.GET)
        && !exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
      EarlyProblem.send(
          exchange, new Problem(ProblemType.METHOD_NOT_ALLOWED, "This can be read only."));
    } else if (!exchange.getQueryString().isEmpty()) {
      EarlyProblem.send(
          exchange, new Problem(ProblemType.INVALID, "The metrics have no parameters."));
    } else if (places.tryAcquire()) {
      exchange.dispatch(thread, this::answer);
    } else {
      EarlyProblem.send(
          exchange,
          new Problem(ProblemType.UNAVAILABLE, "Too many requests of this kind are running now."));
    }
  }

  private void answer(HttpServerExchange exchange) {
    try {
      send(exchange);
    } finally {
      places.release();
    }
  }

  private void send(HttpServerExchange exchange) {
    ScrapedMetrics metrics = ScrapedMetrics.of(context);
    if (metrics == null) {
      EarlyProblem.send(
          exchange, new Problem(ProblemType.UNAVAILABLE, "The platform is starting."));
      return;
    }
    String text = metrics.text();
    RequestId.echo(exchange);
    ServerTiming.bypassed(exchange);
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, TYPE);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(text);
  }
}
