package io.refdata.domain.derivation;

import io.refdata.domain.unit.Factor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A conversion of units that is kept as reference data.
 *
 * @param code its code
 * @param factor what a value in the unit {@code from} is multiplied by; above 0
 * @param context the fuel or gas that it holds for; null for any
 * @param validFrom the first day on which it holds; null: it always did
 * @param validTo the last day; null: it has no end
 */
public record ConversionRule(
    String code,
    MeasuringUnit from,
    MeasuringUnit to,
    double factor,
    @Nullable String context,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo) {

  boolean holdsOn(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || !day.isAfter(validTo));
  }

  /** From {@code from} to {@code to}; the factor counts as the decimal that it is written as. */
  Factor forwards() {
    return fraction(numerator(), divisor());
  }

  /** From {@code to} to {@code from}. */
  Factor backwards() {
    return fraction(divisor(), numerator());
  }

  private static Factor fraction(BigInteger numerator, BigInteger divisor) {
    return new Factor(numerator, BigInteger.ZERO, divisor);
  }

  private BigInteger numerator() {
    BigDecimal decimal = decimal();
    return decimal.scale() > 0 ? decimal.unscaledValue() : decimal.toBigIntegerExact();
  }

  private BigInteger divisor() {
    return BigInteger.TEN.pow(Math.max(0, decimal().scale()));
  }

  private BigDecimal decimal() {
    return new BigDecimal(Double.toString(factor));
  }
}
