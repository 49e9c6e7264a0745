package io.refdata.domain.feature;

import io.refdata.domain.item.value.Code;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of the rows of a feature set.
 *
 * @param dataset the code of the dataset whose entities and periods the rows have
 * @param entity the code of the dimension whose values are the entities
 * @param entities the codes of the entities that are due; empty for all that have a series
 * @param features the columns, in their order
 * @param target what is to be forecast; null for none
 * @param cutoffs the instants as of which rows are worked out
 * @param knownWhen from which instant on a value counts as known at a cutoff
 * @param periods how many of the last known periods of each series have a row at each cutoff
 * @param scale how numbers are scaled, unless a question says so; only of {@code CLUSTERING}
 */
public record FeatureSetDefinition(
    FeatureSetKind kind,
    Code dataset,
    Code entity,
    List<Code> entities,
    List<Feature> features,
    @Nullable Target target,
    Cutoffs cutoffs,
    KnownWhen knownWhen,
    int periods,
    Scale scale) {
  public FeatureSetDefinition {
    entities = List.copyOf(entities);
    features = List.copyOf(features);
  }

  /** The features that are worked out of series. */
  public Stream<Feature.OfSeries> ofSeries() {
    return features.stream()
        .filter(Feature.OfSeries.class::isInstance)
        .map(Feature.OfSeries.class::cast);
  }

  /** The properties of entities that are columns. */
  public List<String> properties() {
    return features.stream()
        .filter(Feature.OfEntity.class::isInstance)
        .map(feature -> ((Feature.OfEntity) feature).property())
        .toList();
  }
}
