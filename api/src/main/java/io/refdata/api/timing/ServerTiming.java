package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;

/** The header {@code Server-Timing}; durations are in milliseconds. */
public final class ServerTiming {
  /** Its name. */
  public static final HttpString NAME = new HttpString("Server-Timing");

  private static final AttachmentKey<String> CACHE = AttachmentKey.create(String.class);
  private static final long NANOS_A_HUNDREDTH = 10_000;

  private ServerTiming() {}

  /** Notes that an answer was looked for among the kept ones, in vain. */
  public static void missed(HttpServerExchange exchange) {
    exchange.putAttachment(CACHE, "miss");
  }

  /** What became of the look-up. */
  private static String cache(HttpServerExchange exchange) {
    String outcome = exchange.getAttachment(CACHE);
    return outcome == null ? "bypass" : outcome;
  }

  static void put(HttpServerExchange exchange, Timing timing) {
    exchange.getResponseHeaders().put(NAME, timing.header(cache(exchange)));
  }

  /**
   * Puts it on an answer that was kept.
   *
   * @param start when the request came, by {@link System#nanoTime}
   * @param outcome {@code hit} or {@code revalidated}
   */
  public static void putKept(HttpServerExchange exchange, long start, String outcome) {
    exchange.getResponseHeaders().put(NAME, header(System.nanoTime() - start, 0, 0, 0, outcome));
  }

  /** Puts it on an answer that was given ahead of the servlets, past what is kept. */
  public static void bypassed(HttpServerExchange exchange) {
    putKept(exchange, exchange.getRequestStartTime(), "bypass");
  }

  /** What it says; all durations are given in nanoseconds. */
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

  /** To the hundredth; a formatter would take longer than what it writes here. */
  private static double millis(long nanos) {
    return nanos / NANOS_A_HUNDREDTH / 100.0;
  }
}
