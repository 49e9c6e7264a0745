package io.refdata.persistence.derivation;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.observation.Observations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a derivation needs to know of the reference data, read in the snapshot of the series: the
 * rules of indicators for longer periods.
 */
public final class References implements Observations.Preparation {
  private final IndicatorAggregations aggregations;

  private References(IndicatorAggregations aggregations) {
    this.aggregations = aggregations;
  }

  /**
   * Those of a derivation.
   *
   * @return null if it needs none
   */
  public static @Nullable References of(
      Derivation derivation, Dataset dataset, SeriesSelection selection) {
    return derivation.asksIndicators()
        ? new References(new IndicatorAggregations(dataset, selection.references()))
        : null;
  }

  /** True if the series of a dataset have indicators, which may say how longer periods are made. */
  public static boolean giveAggregation(Dataset dataset) {
    return IndicatorAggregations.areIn(dataset);
  }

  /** The dependencies of what a derivation reads of the current reference data. */
  public static Dependencies add(Dependencies dependencies, Derivation derivation) {
    return derivation.asksIndicators()
        ? ItemDependencies.addProperty(dependencies, Catalogue.INDICATORS, "aggregation")
        : dependencies;
  }

  @Override
  public void prepare(Connection connection, List<Series> series) throws SQLException {
    aggregations.read(connection, series);
  }

  Aggregation aggregation(Series series) {
    return aggregations.of(series);
  }
}
