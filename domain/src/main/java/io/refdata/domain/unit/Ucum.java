package io.refdata.domain.unit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.measure.Dimension;
import javax.measure.Unit;
import javax.measure.UnitConverter;
import systems.uom.ucum.format.UCUMFormat;
import systems.uom.ucum.internal.format.TokenMgrError;
import tech.units.indriya.function.RationalNumber;

/**
 * An expression of the Unified Code for Units of Measure (ucum.org), case-sensitive: {@code kW.h},
 * {@code t{CO2e}}. It has a dimension, and can be converted to others of the same dimension.
 *
 * <p>An annotation in braces says what is counted or weighed. UCUM leaves its meaning to people.
 * Here expressions are converted only to those with the same annotations: a tonne of methane is not
 * a tonne of carbon dioxide equivalent.
 */
public final class Ucum {
  private static final int LONGEST = 100;

  private static final Pattern SOUND = Pattern.compile("[!-~]+");

  /** An exponent or a number so large that the parser gives up. */
  private static final Pattern LARGE = Pattern.compile("[A-Za-z%'\")\\]][+-]?[0-9]{3}|[0-9]{19}");

  private static final Pattern POWER_OF_TEN =
      Pattern.compile("(?<![A-Za-z0-9\\])}])10[*^]([+-]?)([0-9]{1,2})(?![0-9])");
  private static final Pattern ANNOTATION = Pattern.compile("\\{[^{}]*\\}");
  private static final int MOST_DIGITS = 18;
  private static final int LARGEST_POWER = 30;

  /** Metres, kilograms, seconds, kelvins, amperes, candelas, moles. */
  private static final List<String> BASE = List.of("[L]", "[M]", "[T]", "[Θ]", "[I]", "[J]", "[N]");

  private final String text;
  private final Unit<?> unit;
  private final List<String> annotations;

  private Ucum(String text, Unit<?> unit) {
    this.text = text;
    this.unit = unit;
    this.annotations = annotations(text);
  }

  /** The annotations of an expression, each with a sign: {@code -{person}} if it is divided by. */
  private static List<String> annotations(String text) {
    List<String> found = new ArrayList<>();
    Deque<Integer> outside = new ArrayDeque<>();
    int around = 1;
    int sign = 1;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '/' -> sign = -around;
        case '.' -> sign = around;
        case '(' -> {
          outside.push(around);
          outside.push(sign);
          around = sign;
        }
        case ')' -> {
          sign = outside.pop();
          around = outside.pop();
        }
        case '{' -> {
          int end = text.indexOf('}', i);
          found.add((sign < 0 ? "-" : "") + text.substring(i, end + 1));
          i = end;
        }
        default -> {}
      }
    }
    return found.stream().sorted().toList();
  }

  /** The unit of an expression; empty if it is none. */
  public static Optional<Ucum> parse(String text) {
    if (text.length() > LONGEST
        || !SOUND.matcher(text).matches()
        || LARGE.matcher(ANNOTATION.matcher(text).replaceAll("")).find()) {
      return Optional.empty();
    }
    try {
      String plain = POWER_OF_TEN.matcher(text).replaceAll(Ucum::wholeNumber);
      Unit<?> unit;
      synchronized (Ucum.class) {
        // Nobody says that a parser serves several threads.
        unit = UCUMFormat.getInstance(UCUMFormat.Variant.CASE_SENSITIVE).parse(plain);
      }
      return Optional.of(new Ucum(text, unit));
    } catch (RuntimeException | TokenMgrError e) {
      // The parser throws errors and exceptions of many types for a text that is none.
      return Optional.empty();
    }
  }

  /** A power of ten as a number: the library reads 10* in no expression. */
  private static String wholeNumber(MatchResult power) {
    int exponent = Integer.parseInt(power.group(2));
    if (exponent > LARGEST_POWER) {
      throw new IllegalArgumentException("10 to the power of " + exponent);
    }
    String number =
        exponent <= MOST_DIGITS
            ? "1" + "0".repeat(exponent)
            : "1" + "0".repeat(MOST_DIGITS) + ".1" + "0".repeat(exponent - MOST_DIGITS);
    return power.group(1).equals("-") ? "(1/(" + number + "))" : "(" + number + ")";
  }

  /** Its dimension as powers of base quantities, {@code L2.M.T-2}; {@code 1} if it has none. */
  public String dimension() {
    Dimension dimension = unit.getDimension();
    Map<? extends Dimension, Integer> powers = dimension.getBaseDimensions();
    if (powers == null) {
      return symbol(dimension);
    }
    return powers.isEmpty()
        ? "1"
        : powers.entrySet().stream()
            .sorted(Comparator.comparing(power -> BASE.indexOf(power.getKey().toString())))
            .map(power -> symbol(power.getKey()) + (power.getValue() == 1 ? "" : power.getValue()))
            .collect(Collectors.joining("."));
  }

  private static String symbol(Dimension base) {
    String name = base.toString();
    return name.equals("[Θ]") ? "K" : name.startsWith("[") ? name.substring(1, 2) : "1";
  }

  /** True if the expression names what is counted or weighed. */
  public boolean isAnnotated() {
    return !annotations.isEmpty();
  }

  /**
   * The conversion of values to another unit; empty if it is of another dimension, has other
   * annotations, or one of both is no multiple of a unit, such as a decibel.
   */
  public Optional<Factor> to(Ucum other) {
    if (!annotations.equals(other.annotations) || !dimension().equals(other.dimension())) {
      return Optional.empty();
    }
    return line().flatMap(mine -> other.line().map(its -> mine.to(its)));
  }

  /** A value in the unit's system: value · slope + start. */
  private record Line(RationalNumber slope, RationalNumber start) {
    Factor to(Line other) {
      RationalNumber factor = slope.divide(other.slope);
      RationalNumber offset = start.subtract(other.start).divide(other.slope);
      BigInteger divisor = factor.getDivisor().multiply(offset.getDivisor());
      return new Factor(
          factor.getDividend().multiply(offset.getDivisor()),
          offset.getDividend().multiply(factor.getDivisor()),
          divisor);
    }
  }

  private Optional<Line> line() {
    try {
      UnitConverter toSystem = unit.getConverterToAny(unit.getSystemUnit());
      RationalNumber zero = exact(toSystem.convert((Number) 0));
      RationalNumber one = exact(toSystem.convert((Number) 1));
      RationalNumber two = exact(toSystem.convert((Number) 2));
      RationalNumber slope = one.subtract(zero);
      return two.subtract(one).compareTo(slope) == 0 && slope.signum() != 0
          ? Optional.of(new Line(slope, zero))
          : Optional.empty();
    } catch (javax.measure.IncommensurableException | ArithmeticException e) {
      return Optional.empty();
    } catch (NumberFormatException | UnsupportedOperationException e) {
      // The logarithm of 0; a degree Celsius per metre.
      return Optional.empty();
    }
  }

  private static RationalNumber exact(Number number) {
    return number instanceof RationalNumber rational
        ? rational
        : RationalNumber.of(new BigDecimal(number.toString()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ucum ucum && text.equals(ucum.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
