package io.refdata.api.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, byte by byte.
 *
 * @param number by which it can be repeated
 * @param operation whose description the answer must keep to; null if the request is of none
 * @param headers lines of the head, without the line of the request
 * @param body what is sent, which may be less than the head says
 * @param broken whether it breaks HTTP itself, so that the connection may be closed without an
 *     answer
 */
record Attempt(
    int number,
    @Nullable Operation operation,
    String method,
    String target,
    List<String> headers,
    byte[] body,
    boolean broken) {
  private static final int SHOWN = 2_000;

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private String head() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /** As {@code curl} would send it, or in hexadecimal digits where that cannot. */
  String shown() {
    String text = new String(body, StandardCharsets.UTF_8);
    boolean plain =
        !broken
            && isPlain(target)
            && headers.stream().allMatch(Attempt::isPlain)
            && isPlain(text)
            && java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body);
    return plain ? curl(text) : "hex " + cut(HexFormat.of().formatHex(bytes()));
  }

  private String curl(String text) {
    StringBuilder curl = new StringBuilder("curl -i --globoff --path-as-is -X " + method);
    headers.stream()
        .filter(header -> !header.startsWith("Content-Length") && !header.startsWith("Host"))
        .forEach(header -> curl.append(" -H ").append(quoted(cut(header))));
    if (body.length > 0) {
      curl.append(" --data-binary ").append(quoted(cut(text)));
    }
    return curl.append(" ").append(quoted("$URL" + cut(target))).toString();
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c != 0x7f));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String cut(String text) {
    return text.length() <= SHOWN
        ? text
        : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
  }
}
