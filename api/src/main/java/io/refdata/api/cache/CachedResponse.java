package io.refdata.api.cache;

import io.refdata.api.response.ReadConditions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire.
 *
 * @param encoding {@code gzip}, or null if the bytes are as they are
 * @param opaqueTag its entity tag, without quotes
 * @param link to the next page, if there is one
 * @param places what it rests on
 * @param since the time before it was read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CachedResponse(
    byte[] bytes,
    String type,
    @Nullable String encoding,
    String opaqueTag,
    String cacheControl,
    String vary,
    @Nullable String link,
    int[] places,
    long since) {
  private static final HttpString LINK = new HttpString("Link");
  private static final int OBJECTS = 400;

  /** About how many bytes of memory it takes. */
  int weight() {
    return bytes.length + 4 * places.length + OBJECTS;
  }

  /** Whether the client has it already. */
  boolean isKnownTo(HttpServerExchange exchange) {
    return ReadConditions.isKnown(exchange, opaqueTag);
  }

  /** 304. */
  void confirm(HttpServerExchange exchange) {
    putHeaders(exchange.getResponseHeaders());
    exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
    exchange.endExchange();
  }

  /** 200. */
  void send(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    putHeaders(headers);
    headers.put(Headers.CONTENT_TYPE, type);
    if (encoding != null) {
      headers.put(Headers.CONTENT_ENCODING, encoding);
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
  }

  private void putHeaders(HeaderMap headers) {
    headers.put(Headers.ETAG, '"' + opaqueTag + '"');
    headers.put(Headers.CACHE_CONTROL, cacheControl);
    headers.put(Headers.VARY, vary);
    if (link != null) {
      headers.put(LINK, link);
    }
  }
}
