package io.refdata.api.timing;

import io.refdata.persistence.sql.Statements;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The time and the statements that the request of the current thread has taken so far. */
public final class Timing {
  private static final ThreadLocal<@Nullable Timing> CURRENT = new ThreadLocal<>();

  private final long start;
  private final Statements statements = Statements.begin();
  private volatile long encoding;

  private Timing(long start) {
    this.start = start;
  }

  /**
   * Starts the clock of a request, for the current thread. Its response will have {@code
   * Server-Timing}, and {@code X-Request-Id} if the request has one.
   *
   * @param start when a thread began to work for it, by {@link System#nanoTime}
   */
  public static void begin(HttpServerExchange exchange, long start) {
    RequestId.echo(exchange);
    Timing timing = new Timing(start);
    CURRENT.set(timing);
    exchange.addResponseCommitListener(committed -> ServerTiming.put(committed, timing));
  }

  /** The current thread has finished its request. */
  public static void end() {
    CURRENT.remove();
    Statements.end();
  }

  /** Reports how long it took to encode a response. */
  public static void encoded(long nanos) {
    Timing current = CURRENT.get();
    if (current != null) {
      current.encoding = nanos;
    }
  }

  /**
   * The value of {@code Server-Timing}; durations are in milliseconds.
   *
   * @param cache the outcome of the cache lookup
   */
  String header(String cache) {
    return ServerTiming.header(
        System.nanoTime() - start, statements.nanos(), statements.count(), encoding, cache);
  }
}
