package io.refdata.batch.load.observation;

import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.LoadMode;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.load.observation.ObservationMerge;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** A dataset that a load is read into. */
public final class DatasetTarget implements LoadTarget {
  private final Jdbi jdbi;
  private final Load load;
  private final Dataset dataset;
  private final int id;
  private final LayoutDefinition layout;
  private final ObservationMerge merge;

  /**
   * @param dataset a stored one
   */
  public DatasetTarget(Jdbi jdbi, Load load, Dataset dataset, LayoutDefinition layout) {
    this.jdbi = jdbi;
    this.load = load;
    this.dataset = dataset;
    this.id = Objects.requireNonNull(dataset.id());
    this.layout = layout;
    this.merge = new ObservationMerge(jdbi);
  }

  @Override
  public Set<String> columns() {
    return ObservationLayout.columns(dataset, layout);
  }

  @Override
  public boolean stage(SourceFile file, Intake intake) throws IOException {
    return new StageObservations(jdbi, load.id(), dataset, layout, file, intake).stage();
  }

  @Override
  public OptionalLong createPartitions() {
    return OptionalLong.of(merge.makePartitions(load.id(), id));
  }

  @Override
  public Collection<? extends ItemType<?>> merge(Change change) {
    boolean replace = load.mode() == LoadMode.REPLACE;
    return merge.merge(
        load.id(),
        new ObservationMerge.Target(
            id,
            dataset.dimensions(),
            replace ? ReplaceScope.of(jdbi, dataset, layout) : Map.of(),
            replace ? ReplaceScope.time(dataset, layout) : null),
        change);
  }

  @Override
  public void analyze() {
    merge.analyze(load.id(), id);
  }
}
