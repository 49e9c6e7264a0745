package io.refdata.api.share;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.function.Function;

/**
 * Gives each request that is not answered from memory a turn of its {@link Share}. Requests that
 * wait hold no thread and no connection. Bodies have already arrived, so a slow client does not
 * delay others.
 */
public final class Shares implements HttpHandler {
  private final HttpHandler next;
  private final Function<HttpServerExchange, String> callers;

  /**
   * @param callers tells who sends a request; those callers take turns
   */
  public Shares(HttpHandler next, Function<HttpServerExchange, String> callers) {
    this.next = next;
    this.callers = callers;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Share.of(exchange).turns().handle(exchange, next, callers.apply(exchange));
  }

  /** Ends the turn of a request, if it has one, because its work is done. */
  public static void end(HttpServerExchange exchange) {
    Turns.end(exchange);
  }
}
