package io.refdata.api.problem;

import io.refdata.api.timing.RequestId;
import io.refdata.api.timing.ServerTiming;
import io.refdata.server.EarlyAnswer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/** Responds with a problem ahead of the servlets, without a worker thread. */
public final class EarlyProblem {
  private EarlyProblem() {}

  /** Responds with the problem and ends the exchange. The rest of the body is read and ignored. */
  public static void send(HttpServerExchange exchange, Problem problem) {
    RequestId.echo(exchange);
    if (!exchange.getResponseHeaders().contains(ServerTiming.NAME)) {
      ServerTiming.bypassed(exchange);
    }
    EarlyAnswer.send(exchange, begin(exchange, problem));
  }

  /**
   * Sets the status and the headers.
   *
   * @return the body
   */
  public static String begin(HttpServerExchange exchange, Problem problem) {
    HeaderMap headers = exchange.getResponseHeaders();
    if (problem.type() == ProblemType.METHOD_NOT_ALLOWED && !headers.contains(Headers.ALLOW)) {
      headers.put(Headers.ALLOW, ProblemJson.READ_ONLY);
    }
    headers.put(Headers.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    if (problem.type().passes()) {
      headers.put(Headers.RETRY_AFTER, ProblemJson.RETRY_AFTER);
    }
    exchange.setStatusCode(problem.type().status());
    return ProblemJson.encode(problem, exchange.getRequestURI());
  }
}
