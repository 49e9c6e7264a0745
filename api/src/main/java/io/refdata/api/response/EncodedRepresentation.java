package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;

/**
 * The bytes of a representation as they are sent to a client. Each coding has its own strong tag,
 * because its bytes are different (RFC 9110, 8.8.3.3).
 *
 * @param gzip whether the bytes are compressed
 * @param opaqueTag the tag, without its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedRepresentation(byte[] bytes, boolean gzip, String opaqueTag) {
  private static final String SUFFIX = "-gzip";

  static EncodedRepresentation of(byte[] bytes, String opaqueTag, HttpServerExchange exchange) {
    return Coding.of(exchange).compresses(bytes.length)
        ? new EncodedRepresentation(Gzip.compress(bytes), true, opaqueTag + SUFFIX)
        : new EncodedRepresentation(bytes, false, opaqueTag);
  }
}
