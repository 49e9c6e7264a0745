package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;

/** The header {@code Server-Timing}; durations are in milliseconds. */
public final class ServerTiming {
  private static final HttpString NAME = new HttpString("Server-Timing");
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
    long hundredths = (System.nanoTime() - start) / NANOS_A_HUNDREDTH;
    exchange
        .getResponseHeaders()
        .put(
            NAME,
            "total;dur="
                + hundredths / 100.0
                + ", db;dur=0.00;desc=\"0 statements\", encode;dur=0.00, cache;desc=\""
                + outcome
                + '"');
  }
}
