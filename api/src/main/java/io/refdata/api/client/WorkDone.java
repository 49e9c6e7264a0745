package io.refdata.api.client;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.SameThreadExecutor;

/**
 * Stands around the servlets, in the worker thread. When they are done with a request, its turn
 * goes to the next one, whether the client has read the answer or not.
 */
public final class WorkDone implements HttpHandler {
  private final HttpHandler next;

  public WorkDone(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    ServletRequestContext context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
    try {
      next.handleRequest(exchange);
      if (!exchange.isDispatched() && context.getErrorCode() <= 0) {
        // What Undertow does next anyway; as part of the making, it does not wait for the client.
        context.getOriginalResponse().responseDone();
        if (SlowReader.isBehind(exchange)) {
          // The exchange goes on when this thread has left it.
          exchange.dispatch(SameThreadExecutor.INSTANCE, () -> SlowReader.sendRest(exchange));
        }
      }
    } finally {
      SlowReader.made(exchange);
      Turns.end(exchange);
    }
  }
}
