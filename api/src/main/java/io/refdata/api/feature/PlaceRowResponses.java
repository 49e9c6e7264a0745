package io.refdata.api.feature;

import io.refdata.api.problem.Problem;
import io.refdata.api.response.Representation;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.feature.FeatureSets;
import io.refdata.persistence.feature.OpenedEnrichment;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.place.PlacedFacilities;
import io.refdata.persistence.place.PlacedFacilities.Moment;
import io.refdata.persistence.place.PlacedFacilities.Placed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Answers questions for rows about the places of facilities. */
@ApplicationScoped
class PlaceRowResponses {
  @Inject private PlacedFacilities facilities;

  /** The answer, built in memory; of one cutoff, the one that is asked for or the newest. */
  Representation answer(OpenedEnrichment set, RowsQuery query) throws IOException {
    if (query.scale() != null) {
      throw Problem.parameter(RowsQuery.SCALE, "is for feature sets of the kind CLUSTERING");
    }
    Instant cutoff = null;
    if (query.cutoffs() instanceof Cutoffs.Listed listed) {
      cutoff = listed.instants().get(0);
      FeatureRowResponses.requirePast(cutoff, set);
    }
    Placed placed =
        facilities.at(new Moment(cutoff, set.settled(), set.references()), set.definition());
    return Representation.part(
            new PlaceRowsFile(set, placed).write(query.delivery()),
            query.delivery().format().type(),
            null)
        .delivered(query.delivery())
        .dependingOn(() -> dependencies(set));
  }

  private static Dependencies dependencies(OpenedEnrichment set) {
    Dependencies dependencies = new Dependencies();
    if (set.asOf() == null) {
      dependencies.add(FeatureSets.dependencies(set.code()));
      // The newest cutoff is the last change of any property, or the beginning of the day.
      for (ItemType<?> type : List.of(Catalogue.FACILITIES, Catalogue.REGIONS)) {
        for (Property property : type.properties()) {
          ItemDependencies.addProperty(dependencies, type, property.name());
        }
      }
      dependencies.addDay(LocalDate.ofInstant(set.settled(), ZoneOffset.UTC));
    }
    return dependencies;
  }
}
