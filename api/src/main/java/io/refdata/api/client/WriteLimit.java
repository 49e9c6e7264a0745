package io.refdata.api.client;

import io.refdata.api.route.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Lets a few edits and a few pushes at a time through to the worker threads; the others wait
 * without one, in the order in which they came. Writes take turns in the database anyway: if all
 * came through they would hold every thread and every connection, and reads would wait for them.
 * Their bodies are here already: a slow client keeps nobody waiting. Loads do not count, which are
 * only put on record.
 */
public final class WriteLimit implements HttpHandler {
  private static final int AT_A_TIME = 4;

  private final HttpHandler next;
  private final Turns edits = new Turns(AT_A_TIME, null);
  private final Turns pushes = new Turns(AT_A_TIME, null);

  public WriteLimit(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Route route = Route.of(exchange);
    Route.Queue queue = route == null ? null : route.queue(exchange.getRequestMethod());
    if (queue == null) {
      next.handleRequest(exchange);
    } else {
      (queue == Route.Queue.EDITS ? edits : pushes).take(exchange, next);
    }
  }
}
