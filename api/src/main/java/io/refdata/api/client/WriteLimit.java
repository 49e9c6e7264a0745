package io.refdata.api.client;

import io.refdata.api.route.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Limits how many edits and how many pushes run at the same time. Others wait without a worker
 * thread, in the order in which they arrived. Writes take turns in the database anyway: without the
 * limit they would hold all threads and connections, and reads would wait for them. The bodies have
 * already arrived, so a slow client does not delay other writes. Loads are not limited, because
 * their request only records them.
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
      (queue == Route.Queue.EDITS ? edits : pushes).handle(exchange, next);
    }
  }
}
