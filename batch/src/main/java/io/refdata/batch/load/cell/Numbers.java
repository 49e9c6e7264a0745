package io.refdata.batch.load.cell;

import java.math.BigDecimal;

/** Parses numbers in the form in which files write them. */
public final class Numbers {
  /** Each whole number below this is exact as a double. */
  private static final long EXACT = 1L << 53;

  /** The largest double has 309 digits; with a sign, and decimals that are 0. */
  private static final int MOST_EXACT_DIGITS = 400;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Numbers() {}

  /**
   * Parses digits with an optional sign, decimal sign and exponent; no grouping, no hexadecimal, no
   * infinity. The result is NaN if the text is not such a number, or if the number is too large.
   */
  public static double parse(String text, char decimalSign) {
    return parse(text.toCharArray(), 0, text.length(), decimalSign);
  }

  /**
   * Parses a part of a text. Nearly all numbers have digits that fit a double's mantissa and at
   * most 22 decimals. For them one division gives the exact result (Clinger, How to read floating
   * point numbers accurately) in a tenth of the time of {@link Double#parseDouble}, which parses
   * the other numbers.
   */
  public static double parse(char[] chars, int from, int to, char decimalSign) {
    boolean negative = from < to && chars[from] == '-';
    int start = negative || from < to && chars[from] == '+' ? from + 1 : from;
    long digits = 0;
    int decimals = 0;
    boolean fraction = false;
    for (int i = start; i < to; i++) {
      char c = chars[i];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        decimals += fraction ? 1 : 0;
        if (digits >= EXACT) {
          return parseSlowly(chars, from, to, decimalSign);
        }
      } else if (c == decimalSign && !fraction) {
        fraction = true;
      } else {
        return parseSlowly(chars, from, to, decimalSign);
      }
    }
    if (to - start - (fraction ? 1 : 0) < 1 || decimals >= POWERS.length) {
      return parseSlowly(chars, from, to, decimalSign);
    }
    double value = digits / POWERS[decimals];
    return negative ? -value : value;
  }

  /** Whether a text is a number that is too large for a double. */
  static boolean isTooLarge(String text, char decimalSign) {
    return Double.isInfinite(parseAny(text.toCharArray(), 0, text.length(), decimalSign));
  }

  /** Whether a value can be another than its text, as far as the value alone can say. */
  static boolean mayBeRounded(double value) {
    return value == 0 || value >= EXACT || value <= -EXACT;
  }

  /**
   * Whether a double cannot hold a number as it is written: a large one with more digits than it
   * has, or a decimal that becomes 0.
   *
   * @param value what the text was read as, which {@link #mayBeRounded}
   */
  static boolean isRounded(char[] chars, int from, int to, char decimalSign, double value) {
    if (value == 0) {
      for (int i = from; i < to && chars[i] != 'e' && chars[i] != 'E'; i++) {
        if (chars[i] >= '1' && chars[i] <= '9') {
          return true;
        }
      }
      return false;
    }
    // Longer ones have more digits than a double of that size.
    return to - from > MOST_EXACT_DIGITS
        || new BigDecimal(new String(chars, from, to - from).replace(decimalSign, '.'))
                .compareTo(new BigDecimal(value))
            != 0;
  }

  private static double parseSlowly(char[] chars, int from, int to, char decimalSign) {
    double value = parseAny(chars, from, to, decimalSign);
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  private static double parseAny(char[] chars, int from, int to, char decimalSign) {
    boolean digit = false;
    StringBuilder plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c >= '0' && c <= '9') {
        digit = true;
      } else if (c != decimalSign && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
      plain.append(c == decimalSign ? '.' : c);
    }
    if (!digit) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(plain.toString());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
