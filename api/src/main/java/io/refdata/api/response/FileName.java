package io.refdata.api.response;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a client may store a file: the last part of the name that its sender gave
 * it, without anything that means more than a letter to a file system or a shell.
 */
public final class FileName {
  private static final String FORBIDDEN = "\"*:<>?|`$\\/";

  /** The most characters of a name; the rest of a longer one is cut off. */
  static final int MAX_CHARACTERS = 200;

  private FileName() {}

  /**
   * The value of {@code Content-Disposition} (RFC 6266); empty if there is no name left.
   *
   * @param sent the name that the sender gave the file; null if none
   */
  public static Optional<String> disposition(@Nullable String sent) {
    String name = safe(sent == null ? "" : sent);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(ascii(name), coded(name)));
  }

  private static String safe(String sent) {
    StringBuilder name = new StringBuilder();
    int begin = Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1;
    sent.codePoints()
        .skip(sent.codePointCount(0, begin))
        .limit(MAX_CHARACTERS)
        .map(c -> isAllowed(c) ? c : '_')
        .forEach(name::appendCodePoint);
    int first = 0;
    while (first < name.length() && (name.charAt(first) == '.' || name.charAt(first) == ' ')) {
      first++;
    }
    return name.substring(first).strip();
  }

  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> FORBIDDEN.indexOf(c) < 0;
    };
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder();
    // A percent sign would be decoded by some browsers.
    name.codePoints().forEach(c -> ascii.append(c < 0x7F && c != '%' ? (char) c : '_'));
    return ascii.toString();
  }

  private static String coded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
