package io.refdata.api.cache;

import io.refdata.api.access.Caller;
import io.refdata.api.metrics.HitDurations;
import io.refdata.api.metrics.RequestWatch;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.CacheControl;
import io.refdata.api.response.Coding;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.api.share.Share;
import io.refdata.api.timing.RequestId;
import io.refdata.api.timing.ServerTiming;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import jakarta.servlet.ServletContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sends cached responses from the I/O thread, without a servlet, a transaction or a statement, as
 * long as nothing that they depend on has changed. If several requests miss the same response at
 * the same time, only the first computes it.
 */
final class CachingHandler implements HttpHandler {
  private static final AttachmentKey<Boolean> WAITED = AttachmentKey.create(Boolean.class);

  private final HttpHandler next;
  private final ServletContext context;
  private final ConcurrentMap<String, PendingResponse> pending = new ConcurrentHashMap<>();

  CachingHandler(HttpHandler next, ServletContext context) {
    this.next = next;
    this.context = context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    long start = System.nanoTime();
    if (Coding.of(exchange) == Coding.NONE) {
      RequestWatch.begin(exchange);
      EarlyProblem.send(
          exchange,
          new Problem(
              ProblemType.NOT_ACCEPTABLE,
              "This is available in gzip, or without a coding (identity)."));
      return;
    }
    ResponseCache cache = ResponseCache.of(context);
    CacheRegion region =
        cache != null && Route.isRead(exchange.getRequestMethod())
            ? cache.regionFor(Route.of(exchange), exchange.getQueryString())
            : null;
    if (cache == null || region == null) {
      RequestWatch.begin(exchange);
      next.handleRequest(exchange);
    } else if (bypasses(exchange.getRequestHeaders())) {
      region.bypassed();
      keepDate(cache, region, exchange);
      RequestWatch.begin(exchange, "bypass");
      next.handleRequest(exchange);
    } else {
      String key = key(exchange);
      CachedResponse cached = region.get(key);
      if (cached != null && cache.versions().fresh(cached.dependencies(), cached.since())) {
        send(cached, region, exchange, start);
      } else {
        miss(cache, region, key, exchange);
      }
    }
  }

  /**
   * {@code If-Match} is rare in a read and can end in a problem, so the cache does not handle it.
   */
  private static boolean bypasses(HeaderMap headers) {
    return headers.contains(Headers.IF_MATCH) || CacheControl.isNoCache(headers);
  }

  /** A response that is made anew has the date of the kept one, as long as that is current. */
  private static void keepDate(
      ResponseCache cache, CacheRegion region, HttpServerExchange exchange) {
    CachedResponse kept = region.get(key(exchange));
    if (kept != null
        && kept.modified() != null
        && cache.versions().fresh(kept.dependencies(), kept.since())) {
      exchange.putAttachment(Representation.KEPT, kept.modified());
    }
  }

  /**
   * The URL as it was sent, the headers that the bytes depend on, and the roles of the caller,
   * whoever that is.
   */
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
        + Coding.of(exchange)
        + Caller.of(exchange).roleBits();
  }

  private static void send(
      CachedResponse cached, CacheRegion region, HttpServerExchange exchange, long start) {
    RequestId.echo(exchange);
    long now = System.nanoTime();
    long nanos = RequestWatch.nanos(exchange, now);
    if (cached.isNotModified(exchange)) {
      region.revalidated();
      ServerTiming.putCached(exchange, now - start, "revalidated");
      cached.sendNotModified(exchange, nanos);
    } else {
      region.hit();
      ServerTiming.putCached(exchange, now - start, "hit");
      cached.send(exchange, nanos);
    }
  }

  private void miss(
      ResponseCache cache, CacheRegion region, String key, HttpServerExchange exchange)
      throws Exception {
    PendingResponse mine =
        new PendingResponse(region, key, cache.versions().now(), HitDurations.of(exchange));
    boolean waits = exchange.getAttachment(WAITED) == null && !Share.mayStream(exchange);
    PendingResponse other = waits ? pending.putIfAbsent(key, mine) : null;
    if (other != null) {
      // A request waits once only: a response that cannot be cached would make it wait forever.
      exchange.putAttachment(WAITED, true);
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () -> other.onComplete(() -> exchange.dispatch(exchange.getIoThread(), this)));
      return;
    }
    region.missed();
    RequestWatch.begin(exchange, "miss");
    exchange.putAttachment(PendingResponse.KEY, mine);
    ServerTiming.missed(exchange);
    mine.onComplete(() -> pending.remove(key, mine));
    try {
      exchange.addExchangeCompleteListener(
          (done, nextListener) -> {
            mine.complete();
            nextListener.proceed();
          });
    } catch (IllegalStateException e) {
      // Its client went away while it waited for another: who waits for this one must not.
      mine.complete();
      return;
    }
    next.handleRequest(exchange);
  }
}
