package io.refdata.batch.load.cell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Years as files write them: {@code 2012.0}, {@code 2013.9999999999998} after somebody's
 * arithmetic, {@code 1996.13} where it is the average over a plant's units. What lies within a year
 * is that year.
 */
public final class Years {
  /** Longer fractions are nobody's; to read one takes as many steps as the square of its digits. */
  private static final Pattern FRACTIONAL = Pattern.compile("\\d{4}\\.\\d{1,60}+");

  /**
   * Digits behind the point that mean something; what differs only beyond is the noise of binary
   * fractions.
   */
  private static final int MEANT = 6;

  private Years() {}

  /**
   * The whole year of a text that is a number of four digits and a fraction; any other text as it
   * is.
   */
  public static String of(String text) {
    return FRACTIONAL.matcher(text).matches()
        ? new BigDecimal(text)
            .setScale(MEANT, RoundingMode.HALF_EVEN)
            .setScale(0, RoundingMode.DOWN)
            .toPlainString()
        : text;
  }
}
