package io.refdata.api.problem;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;

/**
 * Puts a problem in the place of an error without a body: what the server itself refuses, all that
 * is new while it is told to end first of all.
 */
public final class BareErrors implements HttpHandler {
  private final HttpHandler next;

  public BareErrors(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addDefaultResponseListener(BareErrors::replace);
    next.handleRequest(exchange);
  }

  private static boolean replace(HttpServerExchange exchange) {
    if (exchange.getStatusCode() < StatusCodes.BAD_REQUEST
        || !exchange.isResponseChannelAvailable()) {
      return false;
    }
    ProblemType type = ProblemType.of(exchange.getStatusCode());
    EarlyProblem.send(exchange, new Problem(type, type.title() + "."));
    return true;
  }
}
