package io.refdata.batch.load.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Reads years in the forms that files contain: {@code 2012.0}, {@code 2013.9999999999998} after a
 * calculation, {@code 1996.13} as the average over a plant's units. The number is rounded to 6
 * decimals, then its fraction is dropped.
 */
public final class Years {
  /** No publisher writes longer fractions, and parsing one takes quadratic time. */
  private static final Pattern FRACTIONAL = Pattern.compile("\\d{4}\\.\\d{1,60}+");

  /**
   * The number of decimals that count; differences in later decimals are noise of binary fractions.
   */
  private static final int DECIMALS = 6;

  private Years() {}

  /** The year of a text with four digits and a fraction. Any other text stays as it is. */
  public static String of(String text) {
    return FRACTIONAL.matcher(text).matches()
        ? new BigDecimal(text)
            .setScale(DECIMALS, RoundingMode.HALF_EVEN)
            .setScale(0, RoundingMode.DOWN)
            .toPlainString()
        : text;
  }
}
