package io.refdata.domain.derivation;

import io.refdata.domain.derivation.UnitLinks.Link;
import io.refdata.domain.unit.Factor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of the values of a series to another unit. Where both units are of one dimension,
 * there is one factor. Else a rule decides that holds on the first day of the period of the value:
 * one for the fuel or gas of the series goes before one for any, and one that says just this before
 * one that says it backwards, or of other units of the same dimensions.
 */
public final class UnitConversion {
  /** By the first day of each time in which one factor holds; empty: none, or not one only. */
  private final NavigableMap<LocalDate, Optional<Factor>> factors;

  private UnitConversion(NavigableMap<LocalDate, Optional<Factor>> factors) {
    this.factors = factors;
  }

  /**
   * The conversion of the series with a unit and some fuels or gases.
   *
   * @param contexts the codes of its fuels and gases
   * @param rules those for these, and those for any
   * @param ucum how an expression of UCUM is converted to another
   */
  public static UnitConversion of(
      MeasuringUnit from,
      MeasuringUnit to,
      Set<String> contexts,
      List<ConversionRule> rules,
      BiFunction<String, String, Optional<Factor>> ucum) {
    UnitLinks links = new UnitLinks(ucum);
    NavigableMap<LocalDate, Optional<Factor>> factors = new TreeMap<>();
    Optional<Factor> direct = links.direct(from, to);
    factors.put(LocalDate.MIN, direct);
    if (direct.isPresent()) {
      return new UnitConversion(factors);
    }
    List<Way> ways = new ArrayList<>();
    for (ConversionRule rule : rules) {
      if (rule.context() == null || contexts.contains(rule.context())) {
        links.by(rule, from, to).ifPresent(link -> ways.add(new Way(rule, link)));
      }
    }
    for (Way way : ways) {
      LocalDate validFrom = way.rule().validFrom();
      LocalDate validTo = way.rule().validTo();
      factors.put(validFrom == null ? LocalDate.MIN : validFrom, Optional.empty());
      if (validTo != null && !validTo.equals(LocalDate.MAX)) {
        factors.put(validTo.plusDays(1), Optional.empty());
      }
    }
    factors.replaceAll((day, none) -> on(day, ways));
    return new UnitConversion(factors);
  }

  private record Way(ConversionRule rule, Link link) {}

  private static Optional<Factor> on(LocalDate day, List<Way> ways) {
    List<Way> holding = ways.stream().filter(way -> way.rule().holdsOn(day)).toList();
    List<Way> special = holding.stream().filter(way -> way.rule().context() != null).toList();
    List<Link> links = (special.isEmpty() ? holding : special).stream().map(Way::link).toList();
    int least = links.stream().mapToInt(Link::detour).min().orElse(0);
    List<Factor> chosen =
        links.stream().filter(link -> link.detour() == least).map(Link::factor).distinct().toList();
    return chosen.size() == 1 ? Optional.of(chosen.get(0)) : Optional.empty();
  }

  /** The factor for periods whose first day is this; null if there is none, or not one only. */
  public @Nullable Factor factor(LocalDate day) {
    return factors.floorEntry(day).getValue().orElse(null);
  }

  /** The first day of a span without one factor; empty if there is one throughout. */
  public Optional<LocalDate> missing(LocalDate first, LocalDate last) {
    if (factor(first) == null) {
      return Optional.of(first);
    }
    return factors.subMap(first, true, last, true).entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The day from which on the factor of a day is no longer sure to hold; null: it has no end. */
  public @Nullable LocalDate until(LocalDate day) {
    return factors.higherKey(day);
  }
}
