package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.UnitConversion;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.partition.Partitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data that a derivation needs beside the observations, read in the snapshot of the series:
 * units, conversions, the rules of indicators, and the members of regions.
 */
public final class References implements Observations.Preparation {
  private final Derivation derivation;
  private final SeriesSelection selection;
  private final @Nullable UnitReferences units;
  private final IndicatorAggregations aggregations;
  private final @Nullable Members members;

  private References(
      Derivation derivation,
      SeriesSelection selection,
      @Nullable UnitReferences units,
      IndicatorAggregations aggregations,
      @Nullable Members members) {
    this.derivation = derivation;
    this.selection = selection;
    this.units = units;
    this.aggregations = aggregations;
    this.members = members;
  }

  /**
   * Those of a derivation.
   *
   * @param asked the range of the results
   * @param weightRevision the revision of the dataset of the weights; null for now
   * @return null if it needs none
   */
  public static @Nullable References of(
      Derivation derivation,
      Dataset dataset,
      SeriesSelection selection,
      Range asked,
      @Nullable Integer weightRevision) {
    String unit = derivation.unit();
    Aggregate aggregate = derivation.aggregate();
    if (unit == null && aggregate == null && !derivation.asksIndicators()) {
      return null;
    }
    Integer revision = selection.references();
    Range needed = derivation.needed(asked);
    return new References(
        derivation,
        selection,
        unit == null ? null : new UnitReferences(derivation, asked, dataset, revision),
        new IndicatorAggregations(dataset, revision),
        aggregate == null
            ? null
            : new Members(aggregate, dataset, selection, asked, needed, weightRevision));
  }

  /** True if the series of a dataset have indicators, which may say how longer periods are made. */
  public static boolean giveAggregation(Dataset dataset) {
    return IndicatorAggregations.areIn(dataset);
  }

  /**
   * The dependencies of what a derivation reads beside the observations, as it is now. What regions
   * consist of is a dependency of the selection.
   */
  public static Dependencies add(Dependencies dependencies, Derivation derivation) {
    Aggregate aggregate = derivation.aggregate();
    if (aggregate != null && aggregate.weight() != null) {
      DatasetDependencies.addAll(dependencies, aggregate.weight().dataset());
    }
    if (derivation.asksIndicators()) {
      ItemDependencies.addProperty(dependencies, Catalogue.INDICATORS, "aggregation");
    }
    if (derivation.unit() != null) {
      ItemDependencies.addProperty(dependencies, Catalogue.UNITS, "ucum");
      for (String property : List.of("from", "to", "factor", "context", "validFrom", "validTo")) {
        ItemDependencies.addProperty(dependencies, Catalogue.CONVERSIONS, property);
      }
      ItemDependencies.addProperty(dependencies, Catalogue.FACILITIES, "fuel");
      ItemDependencies.addProperty(dependencies, Catalogue.EMISSION_SOURCES, "gas");
    }
    return dependencies;
  }

  @Override
  public void prepare(Connection connection, List<Series> series, Partitions partitions)
      throws SQLException {
    if (units != null) {
      units.read(connection, series, partitions);
    }
    if (derivation.asksIndicators()) {
      aggregations.read(connection, series, derivation.needsIndicators());
    }
    if (members != null) {
      members.read(connection, series, partitions);
    }
  }

  UnitConversion conversion(Series series) {
    return Objects.requireNonNull(units).of(series);
  }

  Aggregation aggregation(Series series) {
    return aggregations.of(series);
  }

  SeriesSelection selection() {
    return selection;
  }

  /** The members of the regions of the selection. */
  Composition composition() {
    return Objects.requireNonNull(members).composition();
  }

  /** Those of some series that have observations, at the revision that is read. */
  List<Series> observed(Collection<Series> series) {
    return Objects.requireNonNull(members).observed(series);
  }

  /** The rule that combines the values of members, by one of their series. */
  Aggregation rule(Aggregate aggregate, Series member) {
    Aggregation rule = aggregate.rule();
    return rule == null ? aggregations.ofMembers(member) : rule;
  }

  /** The rows with those of the regions that are worked out. */
  ObservationRows wholes(
      Aggregate aggregate, Collection<Series> selected, ObservationRows rows, Frequency frequency) {
    Members read = Objects.requireNonNull(members);
    return new WholeRows(
        rows,
        selection,
        read.observed(selected),
        read.composition(),
        frequency,
        series -> rule(aggregate, series),
        read.weights());
  }
}
