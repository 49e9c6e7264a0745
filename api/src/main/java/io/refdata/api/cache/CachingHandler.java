package io.refdata.api.cache;

import io.refdata.api.client.StreamLimit;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.response.Coding;
import io.refdata.api.route.Route;
import io.refdata.api.timing.RequestId;
import io.refdata.api.timing.ServerTiming;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import jakarta.servlet.ServletContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gives kept answers from the I/O thread, without a servlet, a transaction or a statement, as long
 * as nothing they rest on has changed. Of several who ask for the same answer while there is none,
 * the first makes it.
 */
final class CachingHandler implements HttpHandler {
  private static final AttachmentKey<Boolean> WAITED = AttachmentKey.create(Boolean.class);

  private final HttpHandler next;
  private final ServletContext context;
  private final ConcurrentMap<String, PendingResponse> fills = new ConcurrentHashMap<>();

  CachingHandler(HttpHandler next, ServletContext context) {
    this.next = next;
    this.context = context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    long start = System.nanoTime();
    if (Coding.of(exchange) == Coding.NONE) {
      EarlyProblem.send(
          exchange,
          new Problem(
              ProblemType.NOT_ACCEPTABLE, "This comes in gzip, or in no coding (identity)."));
      return;
    }
    ResponseCache cache = ResponseCache.of(context);
    CacheRegion region =
        cache != null && exchange.getRequestMethod().equals(Methods.GET)
            ? cache.at(Route.of(exchange), exchange.getQueryString())
            : null;
    if (cache == null || region == null) {
      next.handleRequest(exchange);
    } else if (bypasses(exchange.getRequestHeaders())) {
      region.bypassed();
      next.handleRequest(exchange);
    } else {
      String key = key(exchange);
      CachedResponse kept = region.get(key);
      if (kept != null && cache.versions().fresh(kept.places(), kept.since())) {
        give(kept, region, exchange, start);
      } else {
        miss(cache, region, key, exchange);
      }
    }
  }

  /** What {@code If-Match} asks is seldom asked of a read, and may end in a problem. */
  private static boolean bypasses(HeaderMap headers) {
    HeaderValues control = headers.get(Headers.CACHE_CONTROL);
    return headers.contains(Headers.IF_MATCH)
        || (control != null && control.stream().anyMatch(line -> line.contains("no-cache")));
  }

  /** The address as it came, and what else decides about the bytes. */
  private static String key(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    return exchange.getRequestURI()
        + '?'
        + exchange.getQueryString()
        + '\n'
        + headers.getFirst(Headers.HOST)
        + '\n'
        + headers.get(Headers.ACCEPT)
        + '\n'
        + Coding.of(exchange);
  }

  private static void give(
      CachedResponse kept, CacheRegion region, HttpServerExchange exchange, long start) {
    RequestId.echo(exchange);
    if (kept.isKnownTo(exchange)) {
      region.revalidated();
      ServerTiming.putKept(exchange, start, "revalidated");
      kept.confirm(exchange);
    } else {
      region.hit();
      ServerTiming.putKept(exchange, start, "hit");
      kept.send(exchange);
    }
  }

  private void miss(
      ResponseCache cache, CacheRegion region, String key, HttpServerExchange exchange)
      throws Exception {
    PendingResponse fill = new PendingResponse(region, key, cache.versions().now());
    boolean waits = exchange.getAttachment(WAITED) == null && !StreamLimit.mayStream(exchange);
    PendingResponse before = waits ? fills.putIfAbsent(key, fill) : null;
    if (before != null) {
      // Not longer than once: what could not be kept would be waited for again and again.
      exchange.putAttachment(WAITED, true);
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () -> before.whenOver(() -> exchange.dispatch(exchange.getIoThread(), this)));
      return;
    }
    region.missed();
    exchange.putAttachment(PendingResponse.KEY, fill);
    ServerTiming.missed(exchange);
    fill.whenOver(() -> fills.remove(key, fill));
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          fill.end();
          following.proceed();
        });
    next.handleRequest(exchange);
  }
}
