package io.refdata.domain.comparison;

import java.math.BigDecimal;
import java.math.MathContext;

/** The mean of numbers, which does not depend on their order. */
final class ExactMean {
  private BigDecimal sum = BigDecimal.ZERO;
  private int count;

  /**
   * @param number finite
   */
  void add(double number) {
    sum = sum.add(new BigDecimal(number));
    count++;
  }

  int count() {
    return count;
  }

  /** {@code NaN} if there are no numbers. */
  double mean() {
    return count == 0
        ? Double.NaN
        : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
  }
}
