package io.refdata.domain.text;

/** Whole numbers as programs write them that know only fractions: {@code 2012.0}. */
public final class WholeNumber {
  private WholeNumber() {}

  /** The digits alone of a text that is digits, a point and zeros; any other text as it is. */
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
