package io.refdata.api.request;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestLimit;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/**
 * Lets a few edits and a few pushes at a time through to the worker threads; the others wait
 * without one, in the order in which they came. Writes take turns in the database anyway: if all
 * came through they would hold every thread and every connection, and reads would wait for them.
 * Loads do not count, whose bodies are long on their way and are only put on disk.
 */
public final class WriteLimit implements HttpHandler {
  private static final int AT_A_TIME = 4;
  private static final String PUSHES = "/observations";
  private static final String QUERIES = "/observations/query";
  private static final String LOADS = "/api/v1/loads";

  private final HttpHandler next;
  private final RequestLimit edits = new RequestLimit(AT_A_TIME, Integer.MAX_VALUE);
  private final RequestLimit pushes = new RequestLimit(AT_A_TIME, Integer.MAX_VALUE);

  public WriteLimit(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HttpString method = exchange.getRequestMethod();
    String path = exchange.getRequestURI();
    if (method.equals(Methods.GET)
        || method.equals(Methods.HEAD)
        || path.startsWith(LOADS)
        || path.endsWith(QUERIES)) {
      next.handleRequest(exchange);
    } else {
      (path.endsWith(PUSHES) ? pushes : edits).handleRequest(exchange, next);
    }
  }
}
