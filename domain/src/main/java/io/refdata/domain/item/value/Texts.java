package io.refdata.domain.item.value;

import java.util.Optional;

/**
 * Checks that a text can be stored: valid Unicode without NUL, which PostgreSQL cannot store in a
 * text.
 */
public final class Texts {
  private Texts() {}

  /**
   * The reason why a text cannot be stored, as the end of a sentence that begins with its name;
   * empty if it can be stored.
   */
  public static Optional<String> fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("holds the character U+0000, which cannot be stored");
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Optional.of("holds half of a surrogate pair, which is not a character");
      }
    }
    return Optional.empty();
  }
}
