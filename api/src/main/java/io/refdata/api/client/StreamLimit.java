package io.refdata.api.client;

import io.refdata.api.route.Route;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.Duration;
import java.util.Locale;

/**
 * Limits how many streams run at the same time ({@code refdata.streams.at-a-time}): each holds a
 * worker thread and a database connection while it is read. Likewise it limits reads of
 * observations that may be long ({@code refdata.pages.at-a-time}). Other such requests wait without
 * a thread or a connection, for a bounded time ({@code refdata.streams.wait}). So short reads
 * always find a thread and a connection.
 */
public final class StreamLimit implements HttpHandler {
  private final HttpHandler next;
  private final Turns streams;
  private final Turns pages;

  public StreamLimit(HttpHandler next) {
    this.next = next;
    Duration wait = Setting.STREAMS_WAIT.time();
    this.streams =
        // With as many edits and pushes, and eight loads, they use all connections of the pool.
        new Turns((int) Setting.STREAMS_AT_A_TIME.number(), wait);
    // Most pages are short, and all are bounded.
    this.pages = new Turns((int) Setting.PAGES_AT_A_TIME.number(), wait);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (mayStream(exchange)) {
      streams.handle(exchange, next);
    } else if (mayBeLong(exchange)) {
      pages.handle(exchange, next);
    } else {
      next.handleRequest(exchange);
    }
  }

  /** Whether the response may be a stream: the request is for CSV or NDJSON, without a limit. */
  public static boolean mayStream(HttpServerExchange exchange) {
    String query = exchange.getQueryString().toLowerCase(Locale.ROOT);
    HttpString method = exchange.getRequestMethod();
    Route route = Route.of(exchange);
    if (!method.equals(Methods.GET) && route != Route.OBSERVATION_QUERY) {
      return false;
    } else if (route == Route.REJECTS || route == Route.LOAD_PAYLOAD) {
      return true;
    } else if (query.contains("limit=")) {
      return false;
    }
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    return isStreamed(query) || (accept != null && isStreamed(accept.toLowerCase(Locale.ROOT)));
  }

  /** Whether the request reads observations, and its URL does not bound how many. */
  private static boolean mayBeLong(HttpServerExchange exchange) {
    Route route = Route.of(exchange);
    String query = exchange.getQueryString();
    boolean read = route == Route.OBSERVATIONS && exchange.getRequestMethod().equals(Methods.GET);
    return (read || route == Route.OBSERVATION_QUERY)
        && !query.contains("limit=")
        && !query.contains("last=")
        && !query.contains("first=");
  }

  private static boolean isStreamed(String text) {
    return text.contains("csv") || text.contains("ndjson") || text.contains("text/*");
  }
}
