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

  /**
   * A way by a rule.
   *
   * @param detour how far it is from what the rule says: 0 as it says, 1 backwards, 2 and 3 the
   *     same with other units before or behind
   */
  record Link(Factor factor, int detour) {}

  /** The way by a rule, forwards or backwards. */
  Optional<Link> by(ConversionRule rule, MeasuringUnit from, MeasuringUnit to) {
    return link(from, rule.from(), rule.forwards(), rule.to(), to, 0)
        .or(() -> link(from, rule.to(), rule.backwards(), rule.from(), to, 1));
  }

  private Optional<Link> link(
      MeasuringUnit from,
      MeasuringUnit first,
      Factor rule,
      MeasuringUnit last,
      MeasuringUnit to,
      int detour) {
    boolean others = !from.code().equals(first.code()) || !last.code().equals(to.code());
    return direct(from, first)
        .flatMap(before -> direct(last, to).map(behind -> chain(before, rule, behind)))
        .map(factor -> new Link(factor, others ? detour + 2 : detour));
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
