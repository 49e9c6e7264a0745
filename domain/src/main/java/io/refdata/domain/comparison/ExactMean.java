package io.refdata.domain.comparison;

import io.refdata.domain.derivation.ExactSum;

/** The mean of numbers, which does not depend on their order. */
final class ExactMean {
  private final ExactSum sum = new ExactSum();
  private int count;

  /** Adds a number. */
  void add(double number) {
    sum.add(number);
    count++;
  }

  int count() {
    return count;
  }

  /** {@code NaN} if there are no numbers, or one is not finite. */
  double mean() {
    return sum.dividedBy(count);
  }
}
