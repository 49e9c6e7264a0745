package io.refdata.domain.text;

/** Finds texts that are only digits, 0 to 9. */
public final class Digits {
  private Digits() {}

  /**
   * True if a text consists only of digits.
   *
   * @param most the largest number of digits; there must be at least one
   */
  public static boolean are(String text, int most) {
    return !text.isEmpty() && text.length() <= most && end(text, 0) == text.length();
  }

  /**
   * The index after the digits that begin at {@code from}; {@code from} itself if there are none.
   */
  static int end(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
