package io.refdata.api.request;

import java.util.Optional;

/**
 * Reads a header field once from start to end, character by character (RFC 9110, 5.6). So the time
 * is linear in the length of the field, whatever its content.
 */
final class HeaderScanner {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private final String field;
  private int at;

  HeaderScanner(String field) {
    this.field = field;
  }

  boolean isAtEnd() {
    return at == field.length();
  }

  /** Skips a character and the white space around it; false if another character is next. */
  boolean skip(char wanted) {
    skipSpace();
    boolean found = at < field.length() && field.charAt(at) == wanted;
    if (found) {
      at++;
      skipSpace();
    }
    return found;
  }

  /** Skips white space. */
  void skipSpace() {
    while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
      at++;
    }
  }

  /** Skips everything up to the comma before the next element. */
  void skipElement() {
    while (at < field.length() && field.charAt(at) != ',') {
      if (quoted().isEmpty() && at < field.length()) {
        at++;
      }
    }
  }

  /** Reads a token; if there is none, returns an empty text and skips nothing. */
  String token() {
    int begin = at;
    while (at < field.length() && isToken(field.charAt(at))) {
      at++;
    }
    return field.substring(begin, at);
  }

  private static boolean isToken(char c) {
    return ('a' <= c && c <= 'z')
        || ('A' <= c && c <= 'Z')
        || ('0' <= c && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }

  /** Reads a token, or a text in quotes, without the quotes; empty if there is neither. */
  Optional<String> value() {
    Optional<String> quoted = quoted();
    return quoted.isPresent() ? quoted : Optional.of(token()).filter(token -> !token.isEmpty());
  }

  private Optional<String> quoted() {
    if (at == field.length() || field.charAt(at) != '"') {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = at + 1; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"') {
        at = i + 1;
        return Optional.of(text.toString());
      } else if (c == '\\' && i + 1 < field.length()) {
        i++;
      }
      text.append(field.charAt(i));
    }
    at = field.length(); // no closing quote: the end is reached, so the rest is not read again
    return Optional.empty();
  }

  /**
   * Parses a weight from 0 to 1 ({@code q}); empty if the text is not a weight. More than three
   * decimals, and a point without a digit before it, are allowed: old clients send {@code q=.2}.
   */
  static Optional<Double> weight(String text) {
    int digits = 0;
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if ('0' <= c && c <= '9') {
        digits++;
      } else {
        return Optional.empty();
      }
    }
    return digits == 0 || points > 1
        ? Optional.empty()
        : Optional.of(Double.valueOf(text)).filter(weight -> weight <= 1);
  }
}
