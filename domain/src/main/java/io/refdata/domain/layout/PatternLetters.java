package io.refdata.domain.layout;

import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of {@link java.time.format.DateTimeFormatter} in its parts: runs of one letter, and
 * what stands between them.
 *
 * @param parts in their order
 */
record PatternLetters(List<Part> parts) {
  /**
   * A part of a pattern.
   *
   * @param text as it stands in the pattern
   * @param letter its letter; 0 for what stands between runs of letters
   * @param optional true if it stands between brackets
   */
  private record Part(String text, char letter, boolean optional) {
    boolean isShortYear() {
      return text.length() == 2 && (letter == 'y' || letter == 'u');
    }
  }

  PatternLetters {
    parts = List.copyOf(parts);
  }

  static PatternLetters of(String pattern) {
    List<Part> parts = new ArrayList<>();
    int depth = 0;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int end = i + 1;
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (letter) {
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
      } else if (c == '\'') {
        int close = pattern.indexOf('\'', end);
        end = close < 0 ? pattern.length() : close + 1;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
      parts.add(new Part(pattern.substring(i, end), letter ? c : 0, depth > 0));
      i = end;
    }
    return new PatternLetters(parts);
  }

  /** True if the pattern has one of these letters. */
  boolean hasAny(String letters) {
    return parts.stream().anyMatch(part -> part.letter != 0 && letters.indexOf(part.letter) >= 0);
  }

  /** True if the pattern has one of these letters, and not only in an optional part. */
  boolean requiresAny(String letters) {
    return parts.stream()
        .anyMatch(part -> part.letter != 0 && !part.optional && letters.indexOf(part.letter) >= 0);
  }

  /** True if the pattern has years of two digits. */
  boolean hasShortYears() {
    return parts.stream().anyMatch(Part::isShortYear);
  }

  /**
   * @throws IllegalArgumentException if the pattern has other letters
   */
  void requireOnly(String letters) {
    for (Part part : parts) {
      if (part.letter != 0 && letters.indexOf(part.letter) < 0) {
        throw new IllegalArgumentException(
            "has the letter "
                + part.letter
                + ", which is not read; text stands between single quotes");
      }
    }
  }

  /**
   * Adds the pattern.
   *
   * @param twoDigitsFrom the first of the hundred years that years of two digits stand for
   */
  void append(DateTimeFormatterBuilder builder, int twoDigitsFrom) {
    StringBuilder pattern = new StringBuilder();
    for (Part part : parts) {
      if (part.isShortYear()) {
        builder.appendPattern(pattern.toString());
        pattern.setLength(0);
        builder.appendValueReduced(
            part.letter == 'y' ? ChronoField.YEAR_OF_ERA : ChronoField.YEAR, 2, 2, twoDigitsFrom);
      } else {
        pattern.append(part.text);
      }
    }
    builder.appendPattern(pattern.toString());
  }
}
