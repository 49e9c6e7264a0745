package io.refdata.domain.item.value;

import java.util.Optional;

/** What text can be kept: any that is Unicode, but for NUL, which PostgreSQL keeps in no text. */
public final class Texts {
  private Texts() {}

  /** Why a text cannot be kept, in words that go on from its name; empty if it can. */
  public static Optional<String> fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("holds the character U+0000, which no text can hold");
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Optional.of("holds half of a surrogate pair, which is no character");
      }
    }
    return Optional.empty();
  }
}
