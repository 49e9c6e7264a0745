package io.refdata.api.front;

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
 * Refuses what is no request in form, on the I/O thread, so that nobody behind it meets a URL or a
 * header that cannot be understood. And whoever behind it refuses a request without a word, gives a
 * problem all the same.
 */
final class RequestCheck implements HttpHandler, DefaultResponseListener {
  /**
   * What no path here does: the one shows a client's cookies to scripts, the other is a proxy's.
   */
  private static final Set<HttpString> NEVER = Set.of(Methods.TRACE, Methods.CONNECT);

  private final HttpHandler next;

  RequestCheck(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addDefaultResponseListener(this);
    try {
      if (NEVER.contains(exchange.getRequestMethod())) {
        throw new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            exchange.getRequestMethod() + " can be done nowhere here.");
      }
      RequestTarget.check(exchange);
      HeaderFields.check(exchange.getRequestHeaders());
      HeaderFields.simplify(exchange);
    } catch (Problem problem) {
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
