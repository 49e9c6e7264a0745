package io.refdata.api.front;

import io.refdata.api.metrics.RequestWatch;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Set;

/**
 * Refuses malformed requests on the I/O thread, so that no later handler sees a malformed URL or
 * header. It also writes a problem where a later handler responds with an error status without a
 * body.
 */
final class RequestCheck implements HttpHandler, DefaultResponseListener {
  /**
   * The methods that no path supports: TRACE shows the cookies of a client to scripts, and CONNECT
   * is for proxies.
   */
  private static final Set<HttpString> UNSUPPORTED = Set.of(Methods.TRACE, Methods.CONNECT);

  private final HttpHandler next;

  RequestCheck(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addDefaultResponseListener(this);
    try {
      if (UNSUPPORTED.contains(exchange.getRequestMethod())) {
        throw new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            exchange.getRequestMethod() + " is not supported by any path.");
      }
      RequestTarget.check(exchange);
      HeaderFields.check(exchange.getRequestHeaders());
      HeaderFields.simplify(exchange);
    } catch (Problem problem) {
      RequestWatch.beginRefused(exchange);
      EarlyProblem.send(exchange, problem);
      return;
    }
    next.handleRequest(exchange);
  }

  @Override
  public boolean handleDefaultResponse(HttpServerExchange exchange) {
    if (exchange.getStatusCode() < 400 || !exchange.isResponseChannelAvailable()) {
      return false;
    }
    ProblemType type = ProblemType.of(exchange.getStatusCode());
    EarlyProblem.send(exchange, new Problem(type, type.title() + "."));
    return true;
  }
}
