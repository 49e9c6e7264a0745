package io.refdata.api.front;

import io.refdata.api.metrics.RequestWatch;
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
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pages of some other origins use the API from a browser ({@code
 * refdata.http.cors-origins}). Who calls is told by a header that the page itself sends, never by
 * cookies, so credentials in the sense of CORS are not allowed. It answers preflights itself: they
 * bear no credential. Writes that a page of any other origin has a browser send are refused: the
 * browser may remember a credential of Basic.
 */
final class CrossOrigins implements HttpHandler {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
  private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
  private static final Set<HttpString> READING = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String SENT =
      "Authorization, Content-Type, Content-Encoding, If-Match, If-None-Match, If-Modified-Since,"
          + " Cache-Control, Range, X-Change-Reason, X-Request-Id, traceparent";
  private static final String SHOWN =
      "ETag, Link, Server-Timing, Location, Retry-After, WWW-Authenticate, Content-Disposition,"
          + " X-Request-Id";

  private final HttpHandler next;
  private final Set<String> origins;

  private CrossOrigins(HttpHandler next, Set<String> origins) {
    this.next = next;
    this.origins = origins;
  }

  /** The next handler, behind this one. */
  static HttpHandler ahead(HttpHandler next) {
    String origins = Setting.HTTP_CORS_ORIGINS.text();
    return new CrossOrigins(next, origins.isEmpty() ? Set.of() : Set.of(origins.split(",")));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HeaderMap sent = exchange.getRequestHeaders();
    String origin = sent.getFirst(Headers.ORIGIN);
    boolean allowed = origin != null && origins.contains(origin);
    if (!origins.isEmpty()) {
      // Other code that sets Vary comes later, and replaces it.
      exchange.addResponseCommitListener(answered -> vary(answered.getResponseHeaders()));
    }
    if (!allowed && !READING.contains(exchange.getRequestMethod()) && isForeign(origin, sent)) {
      RequestWatch.beginRefused(exchange);
      EarlyProblem.send(
          exchange,
          new Problem(
              ProblemType.FORBIDDEN,
              "Pages of other origins may not write here, but for those of"
                  + " refdata.http.cors-origins."));
      return;
    }
    if (allowed) {
      HeaderMap headers = exchange.getResponseHeaders();
      headers.put(ALLOW_ORIGIN, origin);
      headers.put(EXPOSE_HEADERS, SHOWN);
      if (exchange.getRequestMethod().equals(Methods.OPTIONS) && sent.contains(REQUEST_METHOD)) {
        headers.put(ALLOW_METHODS, METHODS);
        headers.put(ALLOW_HEADERS, SENT);
        headers.put(MAX_AGE, Setting.HTTP_CORS_AGE.time().toSeconds());
        RequestId.echo(exchange);
        ServerTiming.bypassed(exchange);
        exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
        return;
      }
    }
    next.handleRequest(exchange);
  }

  /**
   * Whether a page of another origin has made a browser send the request. Programs send neither
   * header. Only the host is compared: a proxy may have ended TLS.
   */
  private static boolean isForeign(@Nullable String origin, HeaderMap sent) {
    String site = sent.getFirst(FETCH_SITE);
    return (site != null && site.endsWith("-site"))
        || (origin != null && !origin.endsWith("://" + sent.getFirst(Headers.HOST)));
  }

  private static void vary(HeaderMap headers) {
    String others = headers.getFirst(Headers.VARY);
    headers.put(Headers.VARY, others == null ? "Origin" : others + ", Origin");
  }
}
