package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.ConversionRule;
import io.refdata.domain.derivation.MeasuringUnit;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.derivation.UnitConversion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.partition.Partitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The conversions of series to the unit that is asked for. */
final class UnitReferences {
  /** More series do not help to find out what is missing. */
  private static final int MOST_NAMED = 10;

  private final String unit;
  private final boolean summed;
  private final Derivation derivation;
  private final Range asked;
  private final Dataset dataset;
  private final UnitRows rows;
  private final SeriesContexts contexts;
  private final Map<Measured, UnitConversion> conversions = new HashMap<>();

  /** The dependencies of the conversion of a series. */
  private record Measured(String unit, Set<String> contexts) {}

  /**
   * @param derivation with the unit that is asked for
   * @param asked the range of the results
   * @param revision that of the reference data; null for now
   */
  UnitReferences(Derivation derivation, Range asked, Dataset dataset, @Nullable Integer revision) {
    this.unit = Objects.requireNonNull(derivation.unit());
    this.summed = derivation.resampled() != null || derivation.aggregate() != null;
    this.derivation = summed ? derivation : derivation.untransformed();
    this.asked = asked;
    this.dataset = dataset;
    this.rows = new UnitRows(revision);
    this.contexts = new SeriesContexts(dataset, revision);
  }

  /**
   * Reads the units and, unless UCUM is enough, the conversions.
   *
   * <p>A value that has no factor is a fault if it is asked for. One that a transform looks back at
   * is missing there, but a fault if it would be added up: the sum would lack it.
   *
   * @throws UnansweredQuestion if the unit does not exist, or a series cannot be converted to it
   */
  void read(Connection connection, List<Series> series, Partitions partitions) throws SQLException {
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
    List<String> impossible = addAll(series, units, wanted, rules);
    if (impossible.isEmpty()) {
      impossible = withoutFactor(connection, series, partitions);
    }
    if (!impossible.isEmpty()) {
      throw new UnansweredQuestion("unit", impossible(impossible));
    }
  }

  /** Adds the conversions; returns the series that have no unit. */
  private List<String> addAll(
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
      conversions.computeIfAbsent(
          measured(one),
          key -> UnitConversion.of(from, wanted, key.contexts(), rules, UnitFactors::between));
    }
    return impossible;
  }

  /**
   * The series that have values without a factor among those that are asked for. They are looked
   * for only where there may be any: as a rule, there is one factor for all times.
   */
  private List<String> withoutFactor(
      Connection connection, List<Series> series, Partitions partitions) throws SQLException {
    Range needed = derivation.needed(asked);
    Range range =
        new Range(
            needed.from(),
            needed.before(),
            summed ? null : asked.ends(),
            asked.asOf(),
            asked.since(),
            null,
            0);
    List<Series> doubtful = series.stream().filter(one -> isDoubtful(one, range)).toList();
    if (doubtful.isEmpty()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    try {
      Observations.readThese(
          connection,
          dataset,
          doubtful,
          partitions,
          range,
          (all, values) -> find(values, doubtful.size(), found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // the same object in each row of a series
  private void find(ObservationRows values, int most, List<String> found)
      throws SQLException, IOException {
    Series last = null;
    while (found.size() < Math.min(most, MOST_NAMED + 1) && values.next()) {
      Series one = values.series();
      if (one != last && Double.isFinite(values.value())) {
        Instant start = Instant.EPOCH.plus(values.micros(), ChronoUnit.MICROS);
        if (of(one).factor(day(start)) == null && isAsked(derivation.resultStart(start))) {
          found.add("%s (%s, on %s)".formatted(one.key(), one.unit(), day(start)));
          last = one;
        }
      }
    }
  }

  private boolean isAsked(Instant result) {
    return summed
        || (asked.from() == null || !result.isBefore(asked.from()))
            && (asked.before() == null || result.isBefore(asked.before()));
  }

  private Measured measured(Series series) {
    return new Measured(Objects.requireNonNull(series.unit()), contexts.of(series));
  }

  /** Whether there is a day without a factor among those on which there may be observations. */
  private boolean isDoubtful(Series series, Range range) {
    if (series.first() == null || series.last() == null) {
      return false;
    }
    LocalDate first = day(series.first());
    LocalDate last = day(series.last());
    LocalDate from = range.from() == null ? first : later(first, day(range.from()));
    LocalDate to = range.before() == null ? last : earlier(last, day(range.before().minusNanos(1)));
    return !from.isAfter(to) && of(series).missing(from, to).isPresent();
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

  private static String impossible(List<String> series) {
    return "cannot be made of the units of these series, as UCUM and the conversions say: "
        + String.join(", ", series.subList(0, Math.min(MOST_NAMED, series.size())))
        + (series.size() > MOST_NAMED ? ", …" : "");
  }

  UnitConversion of(Series series) {
    return Objects.requireNonNull(conversions.get(measured(series)));
  }
}
