package io.refdata.api.metrics;

import io.refdata.api.route.Route;
import io.refdata.api.share.Share;
import io.refdata.persistence.metrics.RequestDurations;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ResponseCommitListener;
import io.undertow.util.StatusCodes;

/**
 * Times a request that is not answered from the cache: up to the beginning of its response, since
 * how fast the client reads it is not the platform's. A stream is timed up to its end.
 */
public final class RequestWatch implements ResponseCommitListener, ExchangeCompletionListener {
  private final String cache;
  private final boolean refused;
  private long begun;
  private boolean gone;

  private RequestWatch(String cache, boolean refused) {
    this.cache = cache;
    this.refused = refused;
  }

  /** Times a request whose response is not cached at all. */
  public static void begin(HttpServerExchange exchange) {
    begin(exchange, RequestKinds.NOT_CACHED);
  }

  /**
   * Times a request.
   *
   * @param cache the outcome of the cache lookup
   */
  public static void begin(HttpServerExchange exchange, String cache) {
    begin(exchange, cache, false);
  }

  /**
   * Times a request that is refused before it is known whose it is, without its address: else
   * anybody could ask for all addresses by all methods, until no kind of request is left to tell
   * apart.
   */
  public static void beginRefused(HttpServerExchange exchange) {
    begin(exchange, RequestKinds.NOT_CACHED, true);
  }

  private static void begin(HttpServerExchange exchange, String cache, boolean refused) {
    if (RequestKinds.TIMED) {
      RequestWatch watch = new RequestWatch(cache, refused);
      exchange.addResponseCommitListener(watch);
      exchange.addExchangeCompleteListener(watch);
    }
  }

  /** The time since a request arrived, in nanoseconds. */
  public static long nanos(HttpServerExchange exchange, long now) {
    long arrived = exchange.getRequestStartTime();
    return arrived == -1 ? 0 : now - arrived;
  }

  @Override
  public void beforeCommit(HttpServerExchange exchange) {
    begun = nanos(exchange, System.nanoTime());
    gone = !exchange.getConnection().isOpen();
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
    try {
      record(exchange);
    } finally {
      next.proceed();
    }
  }

  private void record(HttpServerExchange exchange) {
    boolean answered = exchange.isResponseStarted() && !gone;
    int status = answered ? exchange.getStatusCode() : RequestKinds.CLIENT_GONE;
    Route route = refused ? null : Route.of(exchange);
    long all = nanos(exchange, System.nanoTime());
    if (status < StatusCodes.BAD_REQUEST && Share.mayStream(exchange)) {
      RequestDurations.STREAMS.of(RequestKinds.stream(route, status)).record(all);
    } else {
      RequestDurations.REQUESTS
          .of(RequestKinds.of(exchange.getRequestMethod(), route, status, cache))
          .record(begun == 0 ? all : begun);
    }
  }
}
