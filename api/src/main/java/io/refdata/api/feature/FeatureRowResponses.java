package io.refdata.api.feature;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.Representation;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeatureRows;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.feature.FeatureData;
import io.refdata.persistence.feature.FeatureReading;
import io.refdata.persistence.feature.FeatureSets;
import io.refdata.persistence.feature.Opened;
import io.refdata.persistence.feature.OpenedEnrichment;
import io.refdata.persistence.feature.OpenedSet;
import io.refdata.persistence.feature.OpenedSets;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Answers questions for rows of feature sets. */
@ApplicationScoped
class FeatureRowResponses {
  @Inject private OpenedSets sets;
  @Inject private FeatureReading reading;
  @Inject private PlaceRowResponses places;

  /** The answer, built in memory. */
  Representation answer(String code, RowsQuery query) throws IOException {
    Opened opened =
        sets.open(PathCode.of(code), query.version(), query.asOf())
            .orElseThrow(() -> Problem.parameter(AsOf.NAME, "must be in the past"));
    if (opened instanceof OpenedEnrichment enrichment) {
      return places.answer(enrichment, query);
    }
    OpenedSet set = (OpenedSet) opened;
    FeatureSetDefinition definition = set.plan().definition();
    Scale scale = query.scale() == null ? definition.scale() : query.scale();
    if (scale != Scale.NONE && definition.kind() != FeatureSetKind.CLUSTERING) {
      throw Problem.parameter(RowsQuery.SCALE, "is for feature sets of the kind CLUSTERING");
    }
    if (set.asOf() != null) {
      requireSame(set, set.references());
    }
    Cutoffs cutoffs = query.cutoffs() == null ? definition.cutoffs() : query.cutoffs();
    if (query.cutoffs() instanceof Cutoffs.Listed listed) {
      requirePast(listed.instants().get(0), set);
    }
    FeatureData data = reading.read(set, cutoffs);
    data.cutoffs().forEach(cutoff -> requireSame(set, cutoff.references()));
    List<FeatureRows.AtCutoff> rows =
        data.cutoffs().stream().map(cutoff -> data.rows().at(cutoff, scale)).toList();
    Representation answer =
        Representation.part(
                new RowsFile(set, scale, rows).write(query.delivery()),
                query.delivery().format().type(),
                null)
            .delivered(query.delivery());
    return data.changesWithTime() ? answer : answer.dependingOn(() -> dependencies(set, cutoffs));
  }

  static void requirePast(Instant cutoff, Opened set) {
    if (cutoff.isAfter(set.settled())) {
      throw Problem.parameter(
          RowsQuery.CUTOFF,
          set.asOf() == null ? "must be in the past" : "must not be later than asOf");
    }
  }

  /**
   * Requires that no other dataset had the code of one of these at a revision of the reference
   * data: that of the instant that is asked for, or of a cutoff.
   *
   * @throws Problem 410 if another had
   */
  private static void requireSame(OpenedSet set, int revision) {
    for (FeatureDataset dataset : set.plan().datasets()) {
      if (dataset.hadPredecessor(revision)) {
        throw new Problem(
            ProblemType.GONE,
            "The dataset that had the code "
                + dataset.code()
                + " at this instant has been deleted, and its observations with it.");
      }
    }
  }

  private static Dependencies dependencies(OpenedSet set, Cutoffs cutoffs) {
    Dependencies dependencies = new Dependencies();
    List<FeatureDataset> datasets = set.plan().datasets();
    if (set.asOf() != null) {
      datasets.forEach(dataset -> dependencies.add(DatasetDependencies.of(dataset.code())));
      return dependencies;
    }
    dependencies.add(FeatureSets.dependencies(set.code()));
    for (FeatureDataset dataset : datasets) {
      DatasetDependencies.addAll(dependencies, dataset.code(), dataset.id());
      // A cutoff is the instant of a revision, also of one that left all observations as they were.
      dependencies.add(DatasetDependencies.recorded(dataset.id()));
    }
    ItemType<?> type = set.plan().type();
    if (type != null && !set.plan().properties().isEmpty()) {
      // The newest cutoff is the last change of any property.
      for (Property property : type.properties()) {
        ItemDependencies.addProperty(dependencies, type, property.name());
      }
    }
    if (cutoffs instanceof Cutoffs.Every) {
      dependencies.addDay(LocalDate.ofInstant(set.settled(), ZoneOffset.UTC));
    }
    return dependencies;
  }
}
