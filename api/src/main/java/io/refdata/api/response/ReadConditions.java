package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** What a read asks of the answer before it wants it (RFC 9110, 13), kept or made anew alike. */
public final class ReadConditions {
  private ReadConditions() {}

  /** Whether the answer is none of those that {@code If-Match} names. */
  public static boolean fail(HttpServerExchange exchange, String opaqueTag) {
    EntityTags match = EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_MATCH));
    return match != null && !match.stronglyHold(opaqueTag);
  }

  /** Whether the client has the answer already: 304. */
  public static boolean isKnown(HttpServerExchange exchange, String opaqueTag) {
    EntityTags known = EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH));
    return known != null && known.weaklyHold(opaqueTag);
  }
}
