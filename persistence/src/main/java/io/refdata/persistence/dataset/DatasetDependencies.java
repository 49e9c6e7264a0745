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
 * What answers about datasets and observations rest on, and what writes of them touch. A few
 * observations touch their series, a load touches all of the dataset.
 */
public final class DatasetDependencies {
  /** An answer with more series than this rests on all of the dataset. */
  private static final int MOST_SERIES = 1_000;

  private DatasetDependencies() {}

  /** Which datasets there are, and what they are. */
  public static Dependencies all() {
    return new Dependencies().add("datasets");
  }

  /** What a dataset is. */
  public static Dependencies of(Code dataset) {
    return new Dependencies().add("datasets/" + dataset);
  }

  /** What is touched when a dataset is written or deleted. */
  static Dependencies written(Code dataset) {
    return of(dataset).add("datasets");
  }

  /** All that a dataset holds, and what it is. */
  public static Dependencies contents(Dataset dataset) {
    return described(dataset).add("observations/" + id(dataset));
  }

  /** All that a dataset holds, and which series a selection is of. */
  public static Dependencies contents(Dataset dataset, SeriesSelection selection) {
    return addRegions(contents(dataset), selection);
  }

  /** The series that a selection is of now, and which these are. */
  public static Dependencies contents(
      Dataset dataset, SeriesSelection selection, Collection<Series> series) {
    if (series.size() > MOST_SERIES) {
      return contents(dataset, selection);
    }
    Dependencies subjects =
        addRegions(described(dataset), selection)
            .add("loads/" + id(dataset))
            .add("series/" + id(dataset));
    series.forEach(one -> subjects.add("series/" + id(dataset) + "/" + one.id()));
    return subjects;
  }

  private static Dependencies addRegions(Dependencies subjects, SeriesSelection selection) {
    return selection.filters().stream().anyMatch(SeriesSelection.Filter::within)
        ? ItemDependencies.addHierarchy(subjects)
        : subjects;
  }

  /** The unit of a series may be its indicator's. */
  private static Dependencies described(Dataset dataset) {
    Dependencies subjects = of(dataset.code());
    if (dataset.dimensions().stream().map(Dimension::values).anyMatch("indicators"::equals)) {
      ItemDependencies.addProperty(subjects, Catalogue.INDICATORS, "unit");
    }
    return subjects;
  }

  /** What a load touches. */
  public static Dependencies loaded(int dataset) {
    return new Dependencies().add("observations/" + dataset).add("loads/" + dataset);
  }

  /**
   * What a few observations touch.
   *
   * @param series the ids of their series
   * @param made whether any of these came to be with them
   */
  public static Dependencies pushed(int dataset, Collection<Integer> series, boolean made) {
    Dependencies subjects = new Dependencies().add("observations/" + dataset);
    if (made) {
      subjects.add("series/" + dataset);
    }
    series.forEach(one -> subjects.add("series/" + dataset + "/" + one));
    return subjects;
  }

  private static int id(Dataset dataset) {
    return Objects.requireNonNull(dataset.id());
  }
}
