package io.refdata.persistence.derivation;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.UnitConversion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a derivation needs to know of the reference data, read in the snapshot of the series: units,
 * conversions, and the rules of indicators for longer periods.
 */
public final class References implements Observations.Preparation {
  private final @Nullable UnitReferences units;
  private final @Nullable IndicatorAggregations aggregations;

  private References(@Nullable UnitReferences units, @Nullable IndicatorAggregations aggregations) {
    this.units = units;
    this.aggregations = aggregations;
  }

  /**
   * Those of a derivation.
   *
   * @param asked the range of the results
   * @return null if it needs none
   */
  public static @Nullable References of(
      Derivation derivation, Range asked, Dataset dataset, SeriesSelection selection) {
    String unit = derivation.unit();
    Integer revision = selection.references();
    if (unit == null && !derivation.asksIndicators()) {
      return null;
    }
    return new References(
        unit == null ? null : new UnitReferences(unit, derivation.needed(asked), dataset, revision),
        derivation.asksIndicators() ? new IndicatorAggregations(dataset, revision) : null);
  }

  /** True if the series of a dataset have indicators, which may say how longer periods are made. */
  public static boolean giveAggregation(Dataset dataset) {
    return IndicatorAggregations.areIn(dataset);
  }

  /** The dependencies of what a derivation reads of the current reference data. */
  public static Dependencies add(Dependencies dependencies, Derivation derivation) {
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
  public void prepare(Connection connection, List<Series> series) throws SQLException {
    if (units != null) {
      units.read(connection, series);
    }
    if (aggregations != null) {
      aggregations.read(connection, series);
    }
  }

  UnitConversion conversion(Series series) {
    return Objects.requireNonNull(units).of(series);
  }

  Aggregation aggregation(Series series) {
    return Objects.requireNonNull(aggregations).of(series);
  }
}
