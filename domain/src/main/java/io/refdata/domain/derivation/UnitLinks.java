package io.refdata.domain.derivation;

import io.refdata.domain.unit.Factor;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The ways from one unit to another: none if they are the same, else what UCUM says, else by one
 * rule, with UCUM before it and behind it.
 */
final class UnitLinks {
  private static final Factor ONE = new Factor(BigInteger.ONE, BigInteger.ZERO, BigInteger.ONE);

  private final BiFunction<String, String, Optional<Factor>> ucum;

  /**
   * @param ucum how an expression of UCUM is converted to another
   */
  UnitLinks(BiFunction<String, String, Optional<Factor>> ucum) {
    this.ucum = ucum;
  }

  /** The way without a rule. */
  Optional<Factor> direct(MeasuringUnit from, MeasuringUnit to) {
    if (from.code().equals(to.code())) {
      return Optional.of(ONE);
    }
    return from.ucum() == null || to.ucum() == null
        ? Optional.empty()
        : ucum.apply(from.ucum(), to.ucum());
  }

  /** The way by a rule, forwards or backwards. */
  Optional<Factor> by(ConversionRule rule, MeasuringUnit from, MeasuringUnit to) {
    return direct(from, rule.from())
        .flatMap(first -> direct(rule.to(), to).map(last -> chain(first, rule.forwards(), last)))
        .or(
            () ->
                direct(from, rule.to())
                    .flatMap(
                        first ->
                            direct(rule.from(), to)
                                .map(last -> chain(first, rule.backwards(), last))));
  }

  private static Factor chain(Factor first, Factor second, Factor third) {
    return chain(chain(first, second), third);
  }

  /** (x · f1 + o1) / d1, and of that (y · f2 + o2) / d2. */
  private static Factor chain(Factor first, Factor second) {
    return new Factor(
        first.factor().multiply(second.factor()),
        first.offset().multiply(second.factor()).add(second.offset().multiply(first.divisor())),
        first.divisor().multiply(second.divisor()));
  }
}
