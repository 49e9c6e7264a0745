package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/**
 * The conditions of a read (RFC 9110, 13). They are the same for a cached response and for a new
 * one.
 */
public final class ReadConditions {
  private ReadConditions() {}

  /** Whether {@code If-Match} is given and does not contain the tag. */
  public static boolean fail(HttpServerExchange exchange, String opaqueTag) {
    EntityTags ifMatch = EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_MATCH));
    return ifMatch != null && !ifMatch.containStrongly(opaqueTag);
  }

  /**
   * Whether {@code If-None-Match} contains the tag: the client has the response, so it gets 304.
   */
  public static boolean isNotModified(HttpServerExchange exchange, String opaqueTag) {
    EntityTags ifNoneMatch =
        EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH));
    return ifNoneMatch != null && ifNoneMatch.containWeakly(opaqueTag);
  }
}
