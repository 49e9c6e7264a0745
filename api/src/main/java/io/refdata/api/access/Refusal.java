package io.refdata.api.access;

import io.refdata.access.Role;
import io.refdata.api.metrics.RequestWatch;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.timing.RequestId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Set;

/**
 * The responses to requests that are not let in (RFC 6750, 3). They say nothing of what there is at
 * the address.
 */
final class Refusal {
  private static final String BEARER = "Bearer realm=\"refdata\"";
  private static final String BASIC = "Basic realm=\"refdata\", charset=\"UTF-8\"";

  private Refusal() {}

  /** 401: there is no credential, and one is needed. */
  static void unknown(HttpServerExchange exchange) {
    challenge(exchange, BEARER);
    refuse(exchange, ProblemType.UNAUTHENTICATED, "This needs a credential.");
  }

  /** 401, or 400 if the request is malformed: the credential is not good. */
  static void refused(HttpServerExchange exchange, Verdict.Refused verdict) {
    challenge(
        exchange,
        "%s, error=\"%s\", error_description=\"%s\""
            .formatted(BEARER, verdict.error(), verdict.description()));
    refuse(
        exchange,
        verdict.error().equals("invalid_request")
            ? ProblemType.MALFORMED
            : ProblemType.UNAUTHENTICATED,
        verdict.description());
  }

  /** 403: the caller lacks the roles, any of which suffices. */
  static void forbidden(HttpServerExchange exchange, Set<Role> needed) {
    String role = Role.words(needed).get(0);
    exchange
        .getResponseHeaders()
        .put(
            Headers.WWW_AUTHENTICATE,
            "%s, error=\"insufficient_scope\", scope=\"%s\"".formatted(BEARER, role));
    refuse(exchange, ProblemType.FORBIDDEN, "This needs the role " + role + ".");
  }

  /** 503: it can't be told now who calls. */
  static void unavailable(HttpServerExchange exchange, String reason) {
    RequestWatch.begin(exchange);
    send(exchange, ProblemType.UNAVAILABLE, reason);
  }

  private static void challenge(HttpServerExchange exchange, String bearer) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.WWW_AUTHENTICATE, bearer);
    headers.add(Headers.WWW_AUTHENTICATE, BASIC);
  }

  private static void refuse(HttpServerExchange exchange, ProblemType type, String detail) {
    RequestWatch.beginRefused(exchange);
    send(exchange, type, detail);
  }

  private static void send(HttpServerExchange exchange, ProblemType type, String detail) {
    HttpString method = exchange.getRequestMethod();
    if (!method.equals(Methods.GET) && !method.equals(Methods.HEAD)) {
      RequestId.kept(exchange);
    }
    EarlyProblem.send(exchange, new Problem(type, detail));
  }
}
