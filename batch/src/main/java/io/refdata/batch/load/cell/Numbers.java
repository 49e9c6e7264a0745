package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;

/** Parses numbers in the form in which files write them. */
public final class Numbers {
  /** Each whole number below this is exact as a double. */
  private static final long EXACT = 1L << 53;

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

  /** The reject of a text that is no number, or one that is too large for a double. */
  public static RejectReason reject(String text, char decimalSign) {
    double value = parseAny(text.toCharArray(), 0, text.length(), decimalSign);
    String quoted = "'" + RejectReasons.quoted(text) + "'";
    return Double.isInfinite(value)
        ? new RejectReason("NUMBER_TOO_LARGE", quoted + " is larger than any double (1.8e308)")
        : new RejectReason("NOT_A_NUMBER", quoted + " is not a number");
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
