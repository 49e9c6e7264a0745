package io.refdata.domain.item.value;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identifier of an item within its collection, or of a value within a code list: 1 to 64
 * letters, digits and {@code _ @ $ -}, case-sensitive. This is SDMX's identifier without the dot,
 * which joins codes to series keys.
 */
public record Code(String value) implements Comparable<Code>, Serializable {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_@$-]{1,64}");

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public Code {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a code: 1 to 64 letters, digits and _ @ $ -");
    }
  }

  /** The code, if the text is one. */
  public static Optional<Code> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new Code(text)) : Optional.empty();
  }

  @Override
  public int compareTo(Code other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
