package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.regex.Pattern;

/** The {@code X-Request-Id} of a request, which is also put on the response. */
public final class RequestId {
  private static final HttpString NAME = new HttpString("X-Request-Id");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");

  private RequestId() {}

  /** Puts it on the response if the request has one that a header can hold. */
  public static void echo(HttpServerExchange exchange) {
    String id = exchange.getRequestHeaders().getFirst(NAME);
    if (id != null && PRINTABLE.matcher(id).matches()) {
      exchange.getResponseHeaders().put(NAME, id);
    }
  }
}
