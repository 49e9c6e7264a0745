package io.refdata.batch.load;

/** Numbers as files write them. */
final class Numbers {
  private Numbers() {}

  /**
   * The number a text stands for: digits with an optional sign, decimal sign and exponent; no
   * grouping, no hexadecimal, no infinity. NaN if it stands for none, or for one too large.
   */
  static double parse(String text, char decimalSign) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digit = true;
      } else if (c != decimalSign && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    if (!digit) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(decimalSign == '.' ? text : text.replace(decimalSign, '.'));
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
