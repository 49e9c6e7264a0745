package io.refdata.domain.text;

/** Texts that are digits, 0 to 9, and nothing else. */
public final class Digits {
  private Digits() {}

  /**
   * Whether a text is of digits only.
   *
   * @param most how many there may be; at least one there must be
   */
  public static boolean are(String text, int most) {
    return !text.isEmpty() && text.length() <= most && end(text, 0) == text.length();
  }

  /** Where the digits end that begin at a place; that place if there are none. */
  static int end(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
