package io.refdata.api.request;

import java.util.Optional;

/**
 * Reads a header field from its begin to its end, character by character (RFC 9110, 5.6), so that
 * it takes as long as the field is, whatever the field says.
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

  /** Passes a character, with the white space around it; false if another comes. */
  boolean pass(char wanted) {
    space();
    boolean there = at < field.length() && field.charAt(at) == wanted;
    if (there) {
      at++;
      space();
    }
    return there;
  }

  /** Passes white space. */
  void space() {
    while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
      at++;
    }
  }

  /** Passes all up to a comma that divides elements. */
  void element() {
    while (at < field.length() && field.charAt(at) != ',') {
      if (quoted().isEmpty() && at < field.length()) {
        at++;
      }
    }
  }

  /** A token; empty, and nothing is passed, if none comes. */
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

  /** A token, or a text in quotes, without them; empty if neither comes. */
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
    at = field.length(); // it never ends: what follows would be read again and again
    return Optional.empty();
  }

  /**
   * A weight from 0 to 1 ({@code q}); empty if it is none. Digits past the third, and a point
   * without a digit before it, are taken: old clients send {@code q=.2}.
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
