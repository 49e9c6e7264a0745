package io.refdata.api.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The forms of texts in a request; each character of a head stands for a byte. */
final class Encoding {
  private Encoding() {}

  /** As it goes into a URL: each byte by its number, or some as they are. */
  static String inUrl(Chance chance, String text) {
    boolean escaped = chance.percent(85);
    StringBuilder url = new StringBuilder();
    for (byte one : bytes(text)) {
      char c = (char) (one & 0xff);
      if (Character.isLetterOrDigit(c) && c < 0x80 || "-_.~,:*".indexOf(c) >= 0) {
        url.append(c);
      } else if (escaped || c <= 0x20 || "%&#?/+=".indexOf(c) >= 0 || c == 0x7f) {
        url.append("%%%02X".formatted((int) c));
      } else {
        url.append(c);
      }
    }
    return url.toString();
  }

  /** In UTF-8, where halves of characters are written as if they were whole ones. */
  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xd800 && point <= 0xdfff) {
                bytes.write(0xe0 | point >> 12);
                bytes.write(0x80 | point >> 6 & 0x3f);
                bytes.write(0x80 | point & 0x3f);
              } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }

  /** As it goes into a header: nothing that would end its line. */
  static String inHeader(String text) {
    StringBuilder header = new StringBuilder();
    for (byte one : bytes(text)) {
      header.append(one == '\r' || one == '\n' || one == 0 ? '?' : (char) (one & 0xff));
    }
    return header.toString();
  }
}
