package io.refdata.api.response;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: {@code *}, or a list of entity tags (RFC
 * 9110, 8.8.3).
 *
 * @param any the value is {@code *}
 * @param wellFormed the value is {@code *} or a list of entity tags
 * @param tags the tags before the first malformed one
 */
public record EntityTags(boolean any, boolean wellFormed, List<Tag> tags) {
  /**
   * A tag.
   *
   * @param opaque the text between its quotes
   */
  public record Tag(boolean weak, String opaque) {}

  /** Reads the lines of a header. They mean the same as one line with commas between them. */
  public static EntityTags of(List<String> lines) {
    String text = String.join(",", lines).strip();
    if (text.equals("*")) {
      return new EntityTags(true, true, List.of());
    }
    List<Tag> tags = new ArrayList<>();
    int at = 0;
    while (true) {
      at = skip(text, at, ", \t");
      if (at == text.length()) {
        return new EntityTags(false, !tags.isEmpty(), tags);
      }
      boolean weak = text.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      int close = text.startsWith("\"", open) ? text.indexOf('"', open + 1) : -1;
      int next = close < 0 ? -1 : skip(text, close + 1, " \t");
      if (next < 0 || (next < text.length() && text.charAt(next) != ',')) {
        return new EntityTags(false, false, tags);
      }
      tags.add(new Tag(weak, text.substring(open + 1, close)));
      at = next;
    }
  }

  private static int skip(String text, int from, String skipped) {
    int at = from;
    while (at < text.length() && skipped.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** Whether the tag is in the list, weak or not: the comparison of {@code If-None-Match}. */
  public boolean containWeakly(String opaque) {
    return any || tags.stream().anyMatch(tag -> tag.opaque.equals(opaque));
  }

  /** Whether the tag is in the list and not weak: the comparison of {@code If-Match}. */
  boolean containStrongly(String opaque) {
    return any || tags.stream().anyMatch(tag -> !tag.weak && tag.opaque.equals(opaque));
  }

  /** Reads the lines of a header; null if the header is missing. */
  static @Nullable EntityTags orNull(@Nullable List<String> lines) {
    return lines == null || lines.isEmpty() ? null : of(lines);
  }
}
