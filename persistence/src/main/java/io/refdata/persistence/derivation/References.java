package io.refdata.persistence.derivation;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a derivation needs to know beside the observations, read in the snapshot of the series: the
 * rules of indicators for longer periods, and the members of regions.
 */
public final class References implements Observations.Preparation {
  private final Derivation derivation;
  private final SeriesSelection selection;
  private final IndicatorAggregations aggregations;
  private final @Nullable Members members;

  private References(
      Derivation derivation,
      SeriesSelection selection,
      IndicatorAggregations aggregations,
      @Nullable Members members) {
    this.derivation = derivation;
    this.selection = selection;
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
    Aggregate aggregate = derivation.aggregate();
    if (aggregate == null && !derivation.asksIndicators()) {
      return null;
    }
    return new References(
        derivation,
        selection,
        new IndicatorAggregations(dataset, selection.references()),
        aggregate == null
            ? null
            : new Members(aggregate, selection, derivation.needed(asked), weightRevision));
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
    return derivation.asksIndicators()
        ? ItemDependencies.addProperty(dependencies, Catalogue.INDICATORS, "aggregation")
        : dependencies;
  }

  @Override
  public void prepare(Connection connection, List<Series> series) throws SQLException {
    if (derivation.asksIndicators()) {
      aggregations.read(connection, series, derivation.needsIndicators());
    }
    if (members != null) {
      members.read(connection);
    }
  }

  Aggregation aggregation(Series series) {
    return aggregations.of(series);
  }

  /** The rows with those of the regions that are worked out. */
  ObservationRows wholes(
      Aggregate aggregate, Collection<Series> selected, ObservationRows rows, Frequency frequency) {
    Aggregation rule = aggregate.rule();
    Members read = Objects.requireNonNull(members);
    return new WholeRows(
        rows,
        selection,
        selected,
        read.composition(),
        frequency,
        series -> rule == null ? aggregations.ofMembers(series) : rule,
        read.weights());
  }
}
