package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;

/** The header {@code Server-Timing}; durations are in milliseconds. */
public final class ServerTiming {
  /** The name of the header. */
  public static final HttpString NAME = new HttpString("Server-Timing");

  private static final AttachmentKey<String> CACHE = AttachmentKey.create(String.class);
  private static final long NANOS_A_HUNDREDTH = 10_000;

  private ServerTiming() {}

  /** Notes that the response was not found in the cache. */
  public static void missed(HttpServerExchange exchange) {
    exchange.putAttachment(CACHE, "miss");
  }

  /** Notes that the response was made of what is kept. */
  public static void hit(HttpServerExchange exchange) {
    exchange.putAttachment(CACHE, "hit");
  }

  /** The outcome of the cache lookup. */
  private static String cache(HttpServerExchange exchange) {
    String outcome = exchange.getAttachment(CACHE);
    return outcome == null ? "bypass" : outcome;
  }

  static void put(HttpServerExchange exchange, Timing timing) {
    exchange.getResponseHeaders().put(NAME, timing.header(cache(exchange)));
  }

  /**
   * Adds the header to a response from the cache.
   *
   * @param nanos the time since the request arrived
   * @param outcome {@code hit} or {@code revalidated}
   */
  public static void putCached(HttpServerExchange exchange, long nanos, String outcome) {
    exchange.getResponseHeaders().put(NAME, header(nanos, 0, 0, 0, outcome));
  }

  /** Adds the header to a response that comes neither from the servlets nor from the cache. */
  public static void bypassed(HttpServerExchange exchange) {
    putCached(exchange, System.nanoTime() - exchange.getRequestStartTime(), "bypass");
  }

  /** The value of the header; all parameters are in nanoseconds. */
  static String header(long total, long database, int statements, long encoding, String cache) {
    return "total;dur="
        + millis(total)
        + ", db;dur="
        + millis(database)
        + ";desc=\""
        + statements
        + (statements == 1 ? " statement\"" : " statements\"")
        + ", encode;dur="
        + millis(encoding)
        + ", cache;desc=\""
        + cache
        + '"';
  }

  /** The statements that a header's value has. */
  public static int statements(String header) {
    String text = quoted(header, "db;");
    int end = text.indexOf(' ');
    return end < 0 ? 0 : Integer.parseInt(text.substring(0, end));
  }

  /** The outcome of the cache lookup that a header's value has; empty if it has none. */
  public static String cacheOutcome(String header) {
    return quoted(header, "cache;");
  }

  /** The description of a metric. */
  private static String quoted(String header, String metric) {
    int begin = header.indexOf(metric);
    int open = begin < 0 ? -1 : header.indexOf('"', begin);
    int close = open < 0 ? -1 : header.indexOf('"', open + 1);
    return close < 0 ? "" : header.substring(open + 1, close);
  }

  /** Milliseconds with two decimals; a formatter would take longer than this division. */
  private static double millis(long nanos) {
    return nanos / NANOS_A_HUNDREDTH / 100.0;
  }
}
