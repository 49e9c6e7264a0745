package io.refdata.domain.unit;

import java.util.Arrays;
import java.util.Optional;

/**
 * The names of what units measure, each with a unit that measures it. Two of them joined by {@code
 * _PER_} are the name of a quotient: {@code MASS_PER_ENERGY}. Units may have other names too; of
 * those nobody can tell whether they are right.
 */
public enum Quantity {
  AMOUNT("mol"),
  AREA("m2"),
  COUNT("1"),
  CURRENT("A"),
  DENSITY("kg/m3"),
  ENERGY("J"),
  FORCE("N"),
  FREQUENCY("Hz"),
  LENGTH("m"),
  MASS("g"),
  POWER("W"),
  PRESSURE("Pa"),
  RATIO("1"),
  SPEED("m/s"),
  TEMPERATURE("K"),
  TIME("s"),
  VOLTAGE("V"),
  VOLUME("L");

  private static final String PER = "_PER_";

  private final String example;

  Quantity(String example) {
    this.example = example;
  }

  /** The dimension of a name, as {@link Ucum#dimension}; empty if it is another name. */
  public static Optional<String> dimension(String name) {
    int per = name.indexOf(PER);
    return (per < 0
            ? example(name)
            : example(name.substring(0, per))
                .flatMap(
                    above ->
                        example(name.substring(per + PER.length()))
                            .map(below -> "(" + above + ")/(" + below + ")")))
        .flatMap(Ucum::parse)
        .map(Ucum::dimension);
  }

  private static Optional<String> example(String name) {
    return Arrays.stream(values())
        .filter(quantity -> quantity.name().equals(name))
        .map(quantity -> quantity.example)
        .findFirst();
  }

  /**
   * Whether a unit measures something else than a name says; false if the name is another, or the
   * text is no expression.
   */
  public static boolean contradicts(String name, String ucum) {
    Optional<String> said = dimension(name);
    Optional<String> measured = Ucum.parse(ucum).map(Ucum::dimension);
    return said.isPresent() && measured.isPresent() && !said.equals(measured);
  }
}
