package io.refdata.server;

import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/**
 * The headers of every response that tell a browser to trust it as little as possible: it is what
 * its {@code Content-Type} says, it loads and runs nothing, no page may frame it, and its address
 * is told to nobody. A page that needs more sets a policy of its own.
 */
final class SafeHeaders {
  private static final HttpString OPTIONS = new HttpString("X-Content-Type-Options");
  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString REFERRER = new HttpString("Referrer-Policy");
  private static final HttpString TRANSPORT = new HttpString("Strict-Transport-Security");
  private static final String DESCRIPTION = "/openapi";
  private static final String CROSS = "Access-Control-";
  private static final String STRICT = "max-age=" + Setting.HTTPS_HSTS.time().toSeconds();

  /** Whether clients see TLS although requests come without: a proxy in front ends it. */
  private static final boolean BEHIND_TLS = Boolean.parseBoolean(Setting.HTTP_BEHIND_TLS.text());

  private SafeHeaders() {}

  /** WildFly opens the description to all origins, with credentials, whatever is configured. */
  private static void closeToOrigins(HttpServerExchange exchange) {
    exchange.getResponseHeaders().getHeaderNames().stream()
        .filter(name -> name.toString().regionMatches(true, 0, CROSS, 0, CROSS.length()))
        .toList()
        .forEach(exchange.getResponseHeaders()::remove);
  }

  static void put(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(OPTIONS, "nosniff");
    headers.put(
        POLICY, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.put(REFERRER, "no-referrer");
    if (exchange.getRequestPath().equals(DESCRIPTION)) {
      exchange.addResponseCommitListener(SafeHeaders::closeToOrigins);
    }
    // Over plain HTTP browsers ignore it (RFC 6797, 7.2), so it is not sent there.
    if (BEHIND_TLS || exchange.isSecure()) {
      headers.put(TRANSPORT, STRICT);
    }
  }
}
