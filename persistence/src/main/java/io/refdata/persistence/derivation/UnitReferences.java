package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.ConversionRule;
import io.refdata.domain.derivation.MeasuringUnit;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.derivation.UnitConversion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.Observations.Range;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How series are converted to the unit that is asked for. */
final class UnitReferences {
  /** More series do not help to find out what is missing. */
  private static final int MOST_NAMED = 10;

  private final String unit;
  private final Range range;
  private final UnitRows rows;
  private final SeriesContexts contexts;
  private final Map<Measured, UnitConversion> conversions = new HashMap<>();

  /** The dependencies of the conversion of a series. */
  private record Measured(String unit, Set<String> contexts) {}

  /**
   * @param unit the code of the unit that is asked for
   * @param range the range in which observations are read
   * @param revision that of the reference data; null for now
   */
  UnitReferences(String unit, Range range, Dataset dataset, @Nullable Integer revision) {
    this.unit = unit;
    this.range = range;
    this.rows = new UnitRows(revision);
    this.contexts = new SeriesContexts(dataset, revision);
  }

  /**
   * Reads the units and, unless UCUM is enough, the conversions.
   *
   * @throws UnansweredQuestion if the unit does not exist, or a series cannot be converted to it
   */
  void read(Connection connection, List<Series> series) throws SQLException {
    conversions.clear();
    contexts.clear();
    Set<String> codes = new TreeSet<>(Set.of(unit));
    series.stream().map(Series::unit).filter(Objects::nonNull).forEach(codes::add);
    Map<String, MeasuringUnit> units = rows.units(connection, codes);
    MeasuringUnit wanted = units.get(unit);
    if (wanted == null) {
      throw new UnansweredQuestion("unit", "'" + unit + "' is no unit here");
    }
    boolean alike =
        units.values().stream()
            .map(from -> UnitConversion.of(from, wanted, Set.of(), List.of(), UnitFactors::between))
            .allMatch(conversion -> conversion.factor(LocalDate.EPOCH) != null);
    List<ConversionRule> rules = List.of();
    if (!alike) {
      contexts.read(connection, series);
      rules = rows.rules(connection);
    }
    addAll(series, units, wanted, rules);
  }

  private void addAll(
      List<Series> series,
      Map<String, MeasuringUnit> units,
      MeasuringUnit wanted,
      List<ConversionRule> rules) {
    List<String> impossible = new ArrayList<>();
    for (Series one : series) {
      MeasuringUnit from = one.unit() == null ? null : units.get(one.unit());
      if (from == null) {
        impossible.add(one.key() + " (without a unit)");
        continue;
      }
      UnitConversion conversion =
          conversions.computeIfAbsent(
              measured(one),
              key -> UnitConversion.of(from, wanted, key.contexts(), rules, UnitFactors::between));
      missing(conversion, one)
          .ifPresent(
              day -> impossible.add("%s (%s, on %s)".formatted(one.key(), from.code(), day)));
    }
    if (!impossible.isEmpty()) {
      throw new UnansweredQuestion("unit", impossible(impossible));
    }
  }

  private Measured measured(Series series) {
    return new Measured(Objects.requireNonNull(series.unit()), contexts.of(series));
  }

  /** The first day without one factor, among those on which the series may have observations. */
  private Optional<LocalDate> missing(UnitConversion conversion, Series series) {
    if (series.first() == null || series.last() == null) {
      return Optional.empty();
    }
    LocalDate first = day(series.first());
    LocalDate last = day(series.last());
    LocalDate from = range.from() == null ? first : later(first, day(range.from()));
    LocalDate to = range.before() == null ? last : earlier(last, day(range.before().minusNanos(1)));
    return from.isAfter(to) ? Optional.empty() : conversion.missing(from, to);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  static String impossible(List<String> series) {
    return "cannot be made of the units of these series, as UCUM and the conversions say: "
        + String.join(", ", series.subList(0, Math.min(MOST_NAMED, series.size())))
        + (series.size() > MOST_NAMED ? ", …" : "");
  }

  UnitConversion of(Series series) {
    return Objects.requireNonNull(conversions.get(measured(series)));
  }
}
