package io.refdata.api.console;

import io.refdata.api.response.Coding;
import io.refdata.api.response.Gzip;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the console in memory, as it is and in gzip.
 *
 * @param type its media type
 * @param compressed its bytes in gzip; null if it is too short to gain from that
 * @param hash of its bytes, in hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConsoleFile(String type, byte[] bytes, byte @Nullable [] compressed, String hash) {
  private static final int HASH_DIGITS = 24;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  /**
   * @throws IllegalArgumentException if files of this name are of no known media type
   */
  static ConsoleFile of(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException(name + " is of no known media type.");
    }
    byte[] compressed = bytes.length < Gzip.MIN_BYTES ? null : Gzip.compress(bytes);
    return new ConsoleFile(type, bytes, compressed, hash(bytes));
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it is sent in gzip to a client that accepts this coding. */
  boolean compresses(Coding coding) {
    return compressed != null && (coding == Coding.GZIP || coding == Coding.ONLY_GZIP);
  }
}
