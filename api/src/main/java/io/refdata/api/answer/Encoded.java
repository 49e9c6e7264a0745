package io.refdata.api.answer;

import io.undertow.server.HttpServerExchange;

/**
 * The bytes of an answer as they go to a client. Each coding has a strong tag of its own, as its
 * bytes are others (RFC 9110, 8.8.3.3).
 *
 * @param gzip whether they are compressed
 * @param opaqueTag the tag, without its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Encoded(byte[] bytes, boolean gzip, String opaqueTag) {
  private static final String SUFFIX = "-gzip";

  static Encoded of(byte[] bytes, String opaqueTag, HttpServerExchange exchange) {
    return Coding.of(exchange).compresses(bytes.length)
        ? new Encoded(Gzip.compress(bytes), true, opaqueTag + SUFFIX)
        : new Encoded(bytes, false, opaqueTag);
  }
}
