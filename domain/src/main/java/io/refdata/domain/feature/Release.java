package io.refdata.domain.feature;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which value of a period counts, of those that were published for it one after another.
 *
 * @param number 1 for the first; 0 for the latest
 */
public record Release(int number) {
  public static final Release FIRST = new Release(1);
  public static final Release LATEST = new Release(0);

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

  /** Parses {@code FIRST}, {@code LATEST} or a number from 1. */
  public static Optional<Release> parse(String text) {
    return switch (text) {
      case "FIRST" -> Optional.of(FIRST);
      case "LATEST" -> Optional.of(LATEST);
      default ->
          NUMBER.matcher(text).matches()
              ? Optional.of(new Release(Integer.parseInt(text)))
              : Optional.empty();
    };
  }

  /** True if it changes whenever a value is revised. */
  public boolean isLatest() {
    return number == 0;
  }
}
