package io.refdata.perf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the status of a response of HTTP/1.1, and where it ends, without keeping its body. */
final class ResponseEnd {
  private static final int LONGEST_HEAD = 8_192;
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
  private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding: *chunked\r\n");

  private final StringBuilder head = new StringBuilder();

  /** The last characters of a body in chunks. */
  private String tail = "";

  private boolean inBody;
  private boolean chunked;
  private long left;
  private int status;

  /** Another response begins. */
  void begin() {
    head.setLength(0);
    tail = "";
    inBody = false;
    left = 0;
    status = 0;
  }

  int status() {
    return status;
  }

  /** Takes the next bytes; true if the response ends with them. */
  boolean isWhole(ByteBuffer bytes) {
    while (!inBody && bytes.hasRemaining()) {
      head.append((char) (bytes.get() & 0xff));
      if (head.length() > LONGEST_HEAD) {
        throw new IllegalStateException("A head without an end: " + head);
      }
      int length = head.length();
      inBody = length >= HEAD_END.length() && head.indexOf(HEAD_END, length - 4) >= 0;
      if (inBody) {
        readHead();
      }
    }
    if (!inBody) {
      return false;
    }
    return chunked ? isLastChunk(bytes) : isAll(bytes);
  }

  private void readHead() {
    String lines = head.toString().toLowerCase(Locale.ROOT);
    status = Integer.parseInt(lines.substring(9, 12));
    chunked = CHUNKED.matcher(lines).find();
    Matcher length = LENGTH.matcher(lines);
    left = length.find() ? Long.parseLong(length.group(1)) : 0;
  }

  private boolean isAll(ByteBuffer bytes) {
    left -= bytes.remaining();
    return left == 0;
  }

  /** A line break of HTTP does not occur in JSON as the server writes it. */
  private boolean isLastChunk(ByteBuffer bytes) {
    int last = Math.min(bytes.remaining(), LAST_CHUNK.length());
    byte[] end = new byte[last];
    bytes.position(bytes.limit() - last).get(end);
    tail += new String(end, StandardCharsets.ISO_8859_1);
    tail = tail.substring(Math.max(0, tail.length() - LAST_CHUNK.length()));
    return tail.equals(LAST_CHUNK);
  }
}
