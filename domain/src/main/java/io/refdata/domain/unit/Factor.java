package io.refdata.domain.unit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The conversion of a value from one unit to another: value · factor + offset, both exact fractions
 * over one divisor. The offset is in the other unit, and 0 except between temperatures.
 *
 * @param divisor above 0
 */
public record Factor(BigInteger factor, BigInteger offset, BigInteger divisor) {
  /** More than twice the digits of a double: what is rounded twice is then rounded right. */
  private static final MathContext PRECISION = new MathContext(40);

  public Factor {
    if (divisor.signum() <= 0) {
      throw new IllegalArgumentException("A divisor is above 0, not " + divisor);
    }
    BigInteger common = factor.gcd(offset).gcd(divisor);
    factor = factor.divide(common);
    offset = offset.divide(common);
    divisor = divisor.divide(common);
  }

  /** True if values stay as they are. */
  public boolean isOne() {
    return factor.equals(divisor) && offset.signum() == 0;
  }

  /**
   * The value in the other unit: the double next to the exact result. A value counts as the decimal
   * number that it is written as, so 1.1 kWh are 3.96 MJ.
   */
  public double convert(double value) {
    if (isOne() || !Double.isFinite(value)) {
      return value;
    }
    return new BigDecimal(Double.toString(value))
        .multiply(new BigDecimal(factor))
        .add(new BigDecimal(offset))
        .divide(new BigDecimal(divisor), PRECISION)
        .doubleValue();
  }

  /** The factor as the double next to it. */
  public double rounded() {
    return rounded(factor);
  }

  /** The offset, in the other unit, as the double next to it. */
  public double roundedOffset() {
    return rounded(offset);
  }

  private double rounded(BigInteger dividend) {
    return new BigDecimal(dividend).divide(new BigDecimal(divisor), PRECISION).doubleValue();
  }
}
