package io.refdata.api.front;

import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Set;

/**
 * Lets the pages of some other origins use the API from a browser ({@code
 * refdata.http.cors-origins}). Who calls is told by a header that the page itself sends, never by
 * cookies, so credentials in the sense of CORS are not allowed. It answers preflights itself: they
 * bear no credential.
 */
final class CrossOrigins implements HttpHandler {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
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

  /** The next handler, behind this one if there are other origins at all. */
  static HttpHandler ahead(HttpHandler next) {
    String origins = Setting.HTTP_CORS_ORIGINS.text();
    return origins.isEmpty() ? next : new CrossOrigins(next, Set.of(origins.split(",")));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HeaderMap sent = exchange.getRequestHeaders();
    String origin = sent.getFirst(Headers.ORIGIN);
    boolean allowed = origin != null && origins.contains(origin);
    // What else sets Vary comes later, and replaces it.
    exchange.addResponseCommitListener(answered -> vary(answered.getResponseHeaders()));
    if (allowed) {
      HeaderMap headers = exchange.getResponseHeaders();
      headers.put(ALLOW_ORIGIN, origin);
      headers.put(EXPOSE_HEADERS, SHOWN);
      if (exchange.getRequestMethod().equals(Methods.OPTIONS) && sent.contains(REQUEST_METHOD)) {
        headers.put(ALLOW_METHODS, METHODS);
        headers.put(ALLOW_HEADERS, SENT);
        headers.put(MAX_AGE, Setting.HTTP_CORS_AGE.time().toSeconds());
        exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
        return;
      }
    }
    next.handleRequest(exchange);
  }

  private static void vary(HeaderMap headers) {
    String others = headers.getFirst(Headers.VARY);
    headers.put(Headers.VARY, others == null ? "Origin" : others + ", Origin");
  }
}
