package io.refdata.api.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that comes out the same for the same seed and number. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed, int number) {
    // Neighbouring seeds give unlike numbers only after some mixing.
    this.random =
        new SplittableRandom(new SplittableRandom(seed).nextLong() + 31L * number).split();
  }

  /** From 0 on, below a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
