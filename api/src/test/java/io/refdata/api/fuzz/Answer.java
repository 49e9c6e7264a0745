package io.refdata.api.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer that came back.
 *
 * @param status 0 if the connection was closed without an answer
 * @param headers by their names in small letters
 * @param whole whether the body came to its end
 * @param nanos from the last byte that was sent to the last that came
 */
record Answer(int status, Map<String, String> headers, byte[] body, boolean whole, long nanos) {

  /** Reads a head; its body is read after it. */
  static Answer head(String text) {
    Map<String, String> headers = new TreeMap<>();
    String[] lines = text.split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    int status = lines[0].startsWith("HTTP/1.1 ") ? Integer.parseInt(lines[0].substring(9, 12)) : 0;
    return new Answer(status, headers, new byte[0], true, 0);
  }

  Answer with(byte[] bytes, boolean toItsEnd, long took) {
    return new Answer(status, headers, bytes, toItsEnd, took);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Its media type, without parameters. */
  String mediaType() {
    String type = header("content-type");
    int parameter = type.indexOf(';');
    return (parameter < 0 ? type : type.substring(0, parameter)).strip();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%d %s %s".formatted(status, headers, Attempt.cut(text()));
  }
}
