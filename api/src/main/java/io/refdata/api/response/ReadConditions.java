package io.refdata.api.response;

import io.refdata.persistence.revision.LastModified;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a read (RFC 9110, 13). They are the same for a cached response and for a new
 * one.
 */
public final class ReadConditions {
  private static final long MILLIS = 1000;

  private ReadConditions() {}

  /** Whether {@code If-Match} is given and does not contain the tag. */
  public static boolean fail(HttpServerExchange exchange, String opaqueTag) {
    EntityTags ifMatch = EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_MATCH));
    return ifMatch != null && !ifMatch.containStrongly(opaqueTag);
  }

  /**
   * Whether the client has the response, so it gets 304: {@code If-None-Match} contains the tag, or
   * is not given and {@code If-Modified-Since} is not before the last change.
   *
   * @param modified the last change; null if it is not known
   */
  public static boolean isNotModified(
      HttpServerExchange exchange, String opaqueTag, @Nullable LastModified modified) {
    EntityTags ifNoneMatch =
        EntityTags.orNull(exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH));
    return ifNoneMatch == null
        ? isNotModified(exchange, modified)
        : ifNoneMatch.containWeakly(opaqueTag);
  }

  /** The same of a response without a tag, by {@code If-Modified-Since} alone. */
  static boolean isNotModified(HttpServerExchange exchange, @Nullable LastModified modified) {
    HeaderMap headers = exchange.getRequestHeaders();
    String since = headers.getFirst(Headers.IF_MODIFIED_SINCE);
    if (modified == null || since == null || headers.contains(Headers.IF_NONE_MATCH)) {
      return false;
    }
    Date date = DateUtils.parseDate(since);
    return date != null && modified.isKnownTo(Math.floorDiv(date.getTime(), MILLIS));
  }

  /** The value of {@code Last-Modified}. */
  public static String date(LastModified modified) {
    return DateUtils.toDateString(new Date(modified.second() * MILLIS));
  }
}
