package io.refdata.api.payload;

import io.refdata.domain.text.Digits;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, 14).
 *
 * @param from the first byte, from 0
 * @param count the number of bytes; 0 if the file has none of those that are asked for
 */
record ByteRange(long from, long count) {
  private static final String UNIT = "bytes=";

  /** A number with more digits than any file has bytes is no range. */
  private static final int MAX_DIGITS = 18;

  /**
   * The range that a header asks for.
   *
   * @param header the value of {@code Range}
   * @param size the size of the file in bytes
   * @return null for the whole file: there is no header, it is malformed, or it has several ranges
   */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    if (header == null || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    String range = header.substring(UNIT.length());
    int dash = range.indexOf('-');
    if (dash < 0) {
      return null;
    }
    String first = range.substring(0, dash);
    String last = range.substring(dash + 1);
    if (first.isEmpty()) {
      return isNumber(last) ? last(Long.parseLong(last), size) : null;
    } else if (!isNumber(first) || (!last.isEmpty() && !isNumber(last))) {
      return null;
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    return to < from ? null : between(from, to, size);
  }

  private static boolean isNumber(String text) {
    return Digits.are(text, MAX_DIGITS);
  }

  private static ByteRange last(long count, long size) {
    long available = Math.min(count, size);
    return new ByteRange(size - available, available);
  }

  private static ByteRange between(long from, long to, long size) {
    return from >= size
        ? new ByteRange(size, 0)
        : new ByteRange(from, Math.min(to, size - 1) - from + 1);
  }

  /** The value of {@code Content-Range} for it. */
  String contentRange(long size) {
    return count == 0
        ? "bytes */" + size
        : "bytes %d-%d/%d".formatted(from, from + count - 1, size);
  }
}
