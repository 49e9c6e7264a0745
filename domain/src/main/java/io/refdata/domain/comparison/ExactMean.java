package io.refdata.domain.comparison;

import io.refdata.domain.derivation.ExactSum;

/** The mean of numbers, which does not depend on their order. */
final class ExactMean {
  private final ExactSum sum = new ExactSum();
  private int count;

  /** Adds a finite number. */
  void add(double number) {
    sum.add(number);
    count++;
  }

  int count() {
    return count;
  }

  /** {@code NaN} if there are no numbers, or their sum is too large. */
  double mean() {
    return sum.value() / count;
  }
}
