package io.refdata.api.cache;

import io.refdata.api.response.Coding;
import io.refdata.api.response.Gzip;
import io.refdata.api.route.Route;
import io.undertow.predicate.Predicate;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.util.Headers;
import java.util.Set;

/**
 * Compresses streamed responses while they are sent. It replaces the client's {@code
 * Accept-Encoding} by the chosen coding: otherwise Undertow could send {@code Content-Encoding:
 * identity}, and RFC 9110 (8.4.1) reserves {@code identity} for {@code Accept-Encoding}.
 */
final class StreamCoding implements HttpHandler {
  private static final int PRIORITY = 50;

  /** Compresses a response unless its length is given and small. */
  private static final Predicate WORTH =
      exchange -> {
        long length = exchange.getResponseContentLength();
        return length < 0 || length >= Gzip.MIN_BYTES;
      };

  /** Files, whose bytes and ranges are sent as they are stored. */
  private static final Set<Route> FILES = Set.of(Route.LOAD_PAYLOAD, Route.EXPORT_FILE);

  private final HttpHandler plain;
  private final HttpHandler compressing;

  StreamCoding(HttpHandler next) {
    plain = next;
    compressing =
        new EncodingHandler(
            next,
            new ContentEncodingRepository()
                .addEncodingHandler("gzip", new GzipEncodingProvider(), PRIORITY, WORTH));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Route route = Route.of(exchange);
    if ((route != null && FILES.contains(route)) || Coding.of(exchange) == Coding.PLAIN) {
      plain.handleRequest(exchange);
    } else {
      exchange.getRequestHeaders().put(Headers.ACCEPT_ENCODING, "gzip");
      compressing.handleRequest(exchange);
    }
  }
}
