package io.refdata.domain.text;

/** Whole numbers in the form {@code 2012.0}, from programs that have only fractional numbers. */
public final class WholeNumber {
  private WholeNumber() {}

  /**
   * The leading digits of a text that consists of digits, a point and zeros; any other text
   * unchanged.
   */
  public static String plain(String text) {
    int point = Digits.end(text, 0);
    int last = text.length() - 1;
    if (point == 0 || point >= last || text.charAt(point) != '.') {
      return text;
    }
    while (text.charAt(last) == '0') {
      last--;
    }
    return last == point ? text.substring(0, point) : text;
  }
}
