package io.refdata.batch.proposal.sample;

import io.refdata.domain.load.InvalidLoad;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the encoding of a text whose last character may be cut off. */
final class Encodings {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Bytes at the end that may be the part of a character. */
  private static final int LONGEST_CHARACTER = 4;

  private static final Pattern BETWEEN_FIELDS = Pattern.compile("[\\r\\n;,\\t]++");
  private static final int SHOWN = 12;

  private Encodings() {}

  /**
   * A decoded text.
   *
   * @param text without a byte order mark
   */
  record Decoded(String text, Charset charset) {}

  /**
   * Decodes a text, and says how.
   *
   * @param hint the charset of the media type
   * @throws InvalidLoad if it holds zero bytes
   */
  static Decoded decode(byte[] bytes, @Nullable String hint, Proposed proposed) {
    Decoded decoded = decode(bytes, proposed);
    String text = decoded.text();
    if (text.indexOf(0) >= 0) {
      throw new InvalidLoad(
          "The file holds a zero byte, which no text has: this is no text file, or one in UTF-16"
              + " without a byte order mark.");
    }
    boolean usual = decoded.charset().equals(StandardCharsets.UTF_8);
    boolean differs =
        hint != null && !decoded.charset().name().equalsIgnoreCase(hint) && !isAscii(text);
    if (!usual || differs) {
      proposed.layout().put("encoding", decoded.charset().name());
    }
    if (hint != null && differs) {
      proposed.doubt(
          "/encoding",
          "the media type says %s, the bytes are %s"
              .formatted(hint.toLowerCase(Locale.ROOT), decoded.charset().name()));
    }
    return decoded;
  }

  private static Decoded decode(byte[] bytes, Proposed proposed) {
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      Charset charset =
          startsWith(bytes, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      proposed.reason("/encoding", "the file begins with the byte order mark of " + charset);
      return decoded(new String(bytes, 0, bytes.length & ~1, charset), charset);
    }
    String text = strict(bytes, StandardCharsets.UTF_8);
    if (text != null) {
      if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
        proposed.reason("/encoding", "the file begins with the byte order mark of UTF-8");
      }
      return decoded(text, StandardCharsets.UTF_8);
    }
    text = strict(bytes, WINDOWS);
    Charset charset = text == null ? StandardCharsets.ISO_8859_1 : WINDOWS;
    String read = text == null ? new String(bytes, charset) : text;
    proposed.reason("/encoding", "the bytes are not UTF-8");
    proposed.doubt("/encoding", "is " + example(read) + " right? It is read as " + charset.name());
    return decoded(read, charset);
  }

  private static Decoded decoded(String text, Charset charset) {
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new Decoded(marked ? text.substring(1) : text, charset);
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  /**
   * The text, without a character that is cut off at the end; null if it is not in that charset.
   */
  private static @Nullable String strict(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    boolean failed = decoder.decode(in, out, false).isError();
    return failed || in.remaining() >= LONGEST_CHARACTER ? null : out.flip().toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** The first character that is not ASCII, and what is around it. */
  private static String example(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        String around = text.substring(Math.max(0, i - SHOWN), Math.min(text.length(), i + SHOWN));
        return "'" + BETWEEN_FIELDS.matcher(around).replaceAll(" ").strip() + "'";
      }
    }
    return "it";
  }
}
