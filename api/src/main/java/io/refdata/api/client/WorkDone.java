package io.refdata.api.client;

import io.refdata.api.share.Shares;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.SameThreadExecutor;

/**
 * Wraps the servlets, or what answers ahead of them, in the worker thread. When they have finished
 * a request, its turn goes to the next request, whether the client has read the response or not.
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
      if (!exchange.isDispatched() && (context == null || context.getErrorCode() <= 0)) {
        if (context != null) {
          // Undertow would do this next anyway. Before finishWriting it does not wait for the
          // client.
          context.getOriginalResponse().responseDone();
        }
        if (SlowReader.isBehind(exchange)) {
          // The exchange continues when this thread has left it.
          exchange.dispatch(SameThreadExecutor.INSTANCE, () -> SlowReader.sendRest(exchange));
        }
      }
    } finally {
      SlowReader.finishWriting(exchange);
      Shares.end(exchange);
    }
  }
}
