package io.refdata.domain.calculation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The names of the functions of bars. In the formulas, C<sub>t</sub>, H<sub>t</sub> and
 * L<sub>t</sub> are the closing, highest and lowest value of a bar. A function over n bars has no
 * value before there are n.
 */
public enum FunctionName {
  /** The mean of the last n closing values. */
  MA,
  /**
   * The exponential moving average e<sub>t</sub> = e<sub>t-1</sub> + 2 / (n + 1) * (C<sub>t</sub> -
   * e<sub>t-1</sub>). The first one is the mean of the first n closing values of the series.
   */
  EMA,
  /** The sum of the last n closing values. */
  SUM,
  /** The highest H of the last n bars. */
  HIGH,
  /** The lowest L of the last n bars. */
  LOW,
  /** The highest H less the lowest L of the last n bars. */
  RANGE,
  /** The typical price (H<sub>t</sub> + L<sub>t</sub> + C<sub>t</sub>) / 3. */
  TYPICAL,
  /**
   * The dot of the Point and Line method of Charles Drummond: the mean of the typical prices of the
   * last three bars.
   */
  PLDOT,
  /**
   * A band of some percent p around the moving average m of the last n closing values: m - |m| * p
   * / 100 and m + |m| * p / 100.
   */
  ENVELOPE,
  /** Where one line of values crosses another, and in which direction. */
  CROSSINGS;

  /** As clients write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True if it gives one value for each bar. */
  public boolean isLine() {
    return this != ENVELOPE && this != CROSSINGS;
  }

  /** True if it is over a number of bars that has to be given. */
  public boolean needsBars() {
    return this == MA || this == EMA || this == SUM || this == ENVELOPE;
  }

  /** True if it is over a number of bars. */
  public boolean takesBars() {
    return needsBars() || this == HIGH || this == LOW || this == RANGE;
  }

  /** As clients write them. */
  public static List<String> all() {
    return Arrays.stream(values()).map(FunctionName::toString).toList();
  }

  /** As clients write those of lines. */
  public static List<String> lines() {
    return Arrays.stream(values())
        .filter(FunctionName::isLine)
        .map(FunctionName::toString)
        .toList();
  }
}
