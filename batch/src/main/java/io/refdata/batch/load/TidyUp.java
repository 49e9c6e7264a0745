package io.refdata.batch.load;

import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.domain.load.Load;
import io.refdata.persistence.load.item.ItemMerge;
import io.refdata.persistence.load.observation.ObservationMerge;
import io.refdata.persistence.load.staging.StagingTables;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Refreshes the planner's statistics of the tables that the merge wrote to, and drops the staging
 * tables.
 */
@Named
@Dependent
public class TidyUp extends LoadStep {
  @Inject private ObservationMerge observations;
  @Inject private ItemMerge items;
  @Inject private LoadTarget.Finder targets;

  @Override
  protected boolean run(Load load) {
    if (load.state() != Load.State.COMPLETED) {
      return false;
    }
    Stopwatch watch = Stopwatch.start();
    LoadTarget target = targets.find(load);
    if (target instanceof LoadTarget.OfDataset into) {
      observations.analyze(load.id(), into.id());
    } else {
      items.analyze(((LoadTarget.OfItems) target).set().type());
    }
    new StagingTables(load.id()).drop(jdbi);
    loads.addStep(load.id(), watch.step("analyze", 0));
    return false;
  }
}
