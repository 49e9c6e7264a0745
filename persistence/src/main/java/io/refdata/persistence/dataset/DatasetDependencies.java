package io.refdata.persistence.dataset;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemDependencies;
import java.util.Collection;
import java.util.Objects;

/**
 * The dependencies of responses about datasets and observations, and the dependencies that writes
 * change. A push of a few observations changes their series; a load changes the whole dataset.
 */
public final class DatasetDependencies {
  /** A response with more series than this depends on the whole dataset. */
  private static final int MOST_SERIES = 1_000;

  private DatasetDependencies() {}

  /** All datasets: which of them exist, and their descriptions. */
  public static Dependencies all() {
    return new Dependencies().add("datasets");
  }

  /** The description of a dataset. */
  public static Dependencies of(Code dataset) {
    return new Dependencies().add("datasets/" + dataset);
  }

  /** The dependencies that change when a dataset is written or deleted. */
  static Dependencies written(Code dataset) {
    return of(dataset).add("datasets");
  }

  /** All observations of a dataset, and its description. */
  public static Dependencies contents(Dataset dataset) {
    return described(dataset).add("observations/" + id(dataset));
  }

  /** Adds all observations of another dataset, and its description. */
  public static Dependencies addAll(Dependencies dependencies, Dataset dataset) {
    return addAll(dependencies, dataset.code(), id(dataset));
  }

  /** The same by the code and id of the other dataset. */
  public static Dependencies addAll(Dependencies dependencies, Code dataset, int id) {
    return dependencies.add("datasets/" + dataset).add("observations/" + id);
  }

  /**
   * All observations of a dataset, its description, and the set of series that a selection selects.
   */
  public static Dependencies contents(Dataset dataset, SeriesSelection selection) {
    return addRegions(contents(dataset), selection);
  }

  /** The series that a selection selects now, and the set of these series. */
  public static Dependencies contents(
      Dataset dataset, SeriesSelection selection, Collection<Series> series) {
    if (series.size() > MOST_SERIES) {
      return contents(dataset, selection);
    }
    Dependencies dependencies =
        addRegions(described(dataset), selection)
            .add("loads/" + id(dataset))
            .add("series/" + id(dataset));
    series.forEach(one -> dependencies.addSeries(id(dataset), one.id()));
    return dependencies;
  }

  private static Dependencies addRegions(Dependencies dependencies, SeriesSelection selection) {
    if (selection.parts() != null) {
      ItemDependencies.addComposition(dependencies);
    }
    for (SeriesSelection.Filter filter : selection.filters()) {
      if (filter.within()) {
        ItemDependencies.addHierarchy(dependencies);
        ItemDependencies.addMemberships(dependencies, filter.on());
      }
    }
    return dependencies;
  }

  /**
   * The description of a dataset, with the units of indicators if one is a dimension: the unit of a
   * series may be its indicator's.
   */
  private static Dependencies described(Dataset dataset) {
    Dependencies dependencies = of(dataset.code());
    if (dataset.dimensions().stream().map(Dimension::values).anyMatch("indicators"::equals)) {
      ItemDependencies.addProperty(dependencies, Catalogue.INDICATORS, "unit");
    }
    return dependencies;
  }

  /** The dependencies that a load changes. */
  public static Dependencies loaded(int dataset) {
    return new Dependencies().add("observations/" + dataset).add("loads/" + dataset);
  }

  /**
   * The dependencies that a push of a few observations changes.
   *
   * @param series the ids of their series
   * @param created true if the push created any of these series
   */
  public static Dependencies pushed(int dataset, Collection<Integer> series, boolean created) {
    Dependencies dependencies = new Dependencies().add("observations/" + dataset);
    if (created) {
      dependencies.add("series/" + dataset);
    }
    series.forEach(one -> dependencies.addSeries(dataset, one));
    return dependencies;
  }

  /**
   * The revisions of a dataset: what changes when anything is recorded in it, even if it leaves all
   * observations as they were.
   */
  public static Dependencies recorded(int dataset) {
    return new Dependencies().add("revisions/" + dataset);
  }

  private static int id(Dataset dataset) {
    return Objects.requireNonNull(dataset.id());
  }
}
