package io.refdata.api.cache;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Answers in gzip, for who accepts it. */
final class Gzip {
  /** What is shorter is not worth it, in bytes. */
  static final int WORTH = 1024;

  private Gzip() {}

  /** Whether {@code Accept-Encoding} has {@code gzip}, or anything, at more than no quality. */
  static boolean accepted(HeaderMap request) {
    String accepted = request.getFirst(Headers.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",")) {
      String[] parts = coding.strip().split("\\s*;\\s*q=");
      if (parts[0].equalsIgnoreCase("gzip") || parts[0].equals("*")) {
        return parts.length == 1 || !parts[1].matches("0(\\.0*)?");
      }
    }
    return false;
  }

  static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
