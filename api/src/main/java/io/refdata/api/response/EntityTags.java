package io.refdata.api.response;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: any, or a list of tags (RFC 9110, 8.8.3).
 *
 * @param any the value is {@code *}
 * @param wellFormed it is a list of tags, or any
 * @param tags those before the first that is none
 */
public record EntityTags(boolean any, boolean wellFormed, List<Tag> tags) {
  /**
   * A tag.
   *
   * @param opaque what stands between its quotes
   */
  public record Tag(boolean weak, String opaque) {}

  /** Reads the lines of a header, which mean what one line with commas between them would. */
  public static EntityTags of(List<String> lines) {
    String text = String.join(",", lines).strip();
    if (text.equals("*")) {
      return new EntityTags(true, true, List.of());
    }
    List<Tag> tags = new ArrayList<>();
    int at = 0;
    while (true) {
      at = past(text, at, ", \t");
      if (at == text.length()) {
        return new EntityTags(false, !tags.isEmpty(), tags);
      }
      boolean weak = text.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      int close = text.startsWith("\"", open) ? text.indexOf('"', open + 1) : -1;
      int next = close < 0 ? -1 : past(text, close + 1, " \t");
      if (next < 0 || (next < text.length() && text.charAt(next) != ',')) {
        return new EntityTags(false, false, tags);
      }
      tags.add(new Tag(weak, text.substring(open + 1, close)));
      at = next;
    }
  }

  private static int past(String text, int from, String skipped) {
    int at = from;
    while (at < text.length() && skipped.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** Whether the tag is among them, weak or not: what {@code If-None-Match} asks. */
  boolean weaklyHold(String opaque) {
    return any || tags.stream().anyMatch(tag -> tag.opaque.equals(opaque));
  }

  /** Whether the tag is among those that are not weak: what {@code If-Match} asks. */
  boolean stronglyHold(String opaque) {
    return any || tags.stream().anyMatch(tag -> !tag.weak && tag.opaque.equals(opaque));
  }

  /** The same of a header that may be missing; null then. */
  static @Nullable EntityTags orNull(@Nullable List<String> lines) {
    return lines == null || lines.isEmpty() ? null : of(lines);
  }
}
