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
 * Lets a few streams at a time through ({@code refdata.streams.at-a-time}), each of which holds a
 * worker thread and a connection while it is read from the database, and a few answers of
 * observations that may be long ({@code refdata.pages.at-a-time}); the others wait without, for a
 * bounded time ({@code refdata.streams.wait}). So reads of a point always find both.
 */
public final class StreamLimit implements HttpHandler {
  private final HttpHandler next;
  private final Turns streams;
  private final Turns pages;

  public StreamLimit(HttpHandler next) {
    this.next = next;
    Duration wait = Setting.STREAMS_WAIT.time();
    this.streams =
        // With as many edits and pushes, and eight loads, these are the connections of the pool.
        new Turns((int) Setting.STREAMS_AT_A_TIME.number(), wait);
    // Most of them are short, and all are bounded.
    this.pages = new Turns((int) Setting.PAGES_AT_A_TIME.number(), wait);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (mayStream(exchange)) {
      streams.take(exchange, next);
    } else if (mayBeLong(exchange)) {
      pages.take(exchange, next);
    } else {
      next.handleRequest(exchange);
    }
  }

  /** Whether the answer may be a stream: CSV or NDJSON is asked for, and no limit in the URL. */
  public static boolean mayStream(HttpServerExchange exchange) {
    String query = exchange.getQueryString().toLowerCase(Locale.ROOT);
    HttpString method = exchange.getRequestMethod();
    Route route = Route.of(exchange);
    if (!method.equals(Methods.GET) && route != Route.OBSERVATION_QUERY) {
      return false;
    } else if (route == Route.REJECTS) {
      return true;
    } else if (query.contains("limit=")) {
      return false;
    }
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    return isStreamed(query) || (accept != null && isStreamed(accept.toLowerCase(Locale.ROOT)));
  }

  /** Whether observations are asked for, and nothing in the URL says how many. */
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
