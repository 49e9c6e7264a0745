package io.refdata.api.cache;

import io.refdata.api.metrics.HitDurations;
import io.refdata.api.response.EncodedRepresentation;
import io.refdata.api.response.ReadConditions;
import io.refdata.api.response.Representation;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.revision.LastModified;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is sent.
 *
 * @param encoding {@code gzip}, or null if the bytes are not compressed
 * @param opaqueTag its entity tag, without quotes
 * @param link to the next page, if there is one
 * @param disposition how a client stores it, if it said so
 * @param modified when what it shows changed last; null if that is not known
 * @param dependencies what it depends on, as {@link io.refdata.persistence.freshness.Dependencies}
 *     numbers it
 * @param since the version time before its data was read
 * @param durations how long it takes to send it, and others of its address; null if that is not
 *     measured
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
    @Nullable String disposition,
    @Nullable LastModified modified,
    int[] dependencies,
    long since,
    @Nullable HitDurations durations) {
  private static final HttpString LINK = new HttpString("Link");
  private static final int[] NONE = {};

  /** With the places in the cache, the tag, and all objects around the bytes. */
  private static final int OBJECT_BYTES = 430;

  /** A text, besides its characters. */
  private static final int TEXT_BYTES = 48;

  /**
   * A response as it was just made.
   *
   * @param pending what waits for it; null if it is not kept
   */
  static CachedResponse of(
      Representation representation,
      EncodedRepresentation encoded,
      String cacheControl,
      @Nullable String link,
      @Nullable PendingResponse pending) {
    Dependencies dependencies = pending == null ? null : representation.dependencies();
    CachedResponse response =
        new CachedResponse(
            encoded.bytes(),
            representation.type().toString(),
            encoded.gzip() ? "gzip" : null,
            encoded.opaqueTag(),
            cacheControl,
            Representation.VARY,
            link,
            representation.disposition(),
            representation.modified(),
            dependencies == null ? NONE : dependencies.buckets(),
            pending == null ? 0 : pending.since(),
            pending == null ? null : pending.durations());
    if (pending != null && dependencies != null) {
      pending.put(response);
    }
    return response;
  }

  /** About how many bytes of memory it uses. */
  int weight() {
    return bytes.length
        + Integer.BYTES * dependencies.length
        + weight(link)
        + weight(disposition)
        + OBJECT_BYTES;
  }

  private static int weight(@Nullable String text) {
    return text == null ? 0 : text.length() + TEXT_BYTES;
  }

  /** Whether the client already has it, by the conditions of its request. */
  boolean isNotModified(HttpServerExchange exchange) {
    return ReadConditions.isNotModified(exchange, opaqueTag, modified);
  }

  /**
   * Responds with 304.
   *
   * @param nanos the time since the request arrived
   */
  void sendNotModified(HttpServerExchange exchange, long nanos) {
    if (durations != null) {
      durations.notModified(nanos);
    }
    begin(exchange, true);
    exchange.endExchange();
  }

  /**
   * Responds with 200.
   *
   * @param nanos the time since the request arrived
   */
  void send(HttpServerExchange exchange, long nanos) {
    if (durations != null) {
      durations.sent(nanos);
    }
    begin(exchange, false);
    exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
  }

  /** Sets the status, 304 or 200, and the headers. */
  void begin(HttpServerExchange exchange, boolean notModified) {
    HeaderMap headers = exchange.getResponseHeaders();
    putHeaders(headers);
    if (notModified) {
      exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
      return;
    }
    headers.put(Headers.CONTENT_TYPE, type);
    if (encoding != null) {
      headers.put(Headers.CONTENT_ENCODING, encoding);
    }
    if (disposition != null) {
      headers.put(Headers.CONTENT_DISPOSITION, disposition);
    }
  }

  private void putHeaders(HeaderMap headers) {
    headers.put(Headers.ETAG, '"' + opaqueTag + '"');
    headers.put(Headers.CACHE_CONTROL, cacheControl);
    headers.put(Headers.VARY, vary);
    if (link != null) {
      headers.put(LINK, link);
    }
    if (modified != null) {
      headers.put(Headers.LAST_MODIFIED, ReadConditions.date(modified));
    }
  }
}
