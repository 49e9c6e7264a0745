package io.refdata.batch.load;

import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.Load;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.partition.upkeep.NextPartitions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Refreshes the planner's statistics of the tables that the merge wrote to, drops the staging
 * tables, and creates the partitions after those that were loaded.
 */
@Named
@Dependent
public class TidyUp extends LoadStep {
  @Inject private LoadTargets targets;
  @Inject private NextPartitions partitions;

  @Override
  protected boolean run(Load load) {
    if (load.state() != Load.State.COMPLETED) {
      return false;
    }
    Stopwatch watch = Stopwatch.start();
    LayoutDefinition layout = LayoutJson.parse(load.definition());
    targets.find(load, layout).analyze();
    new StagingTables(load.id()).drop(jdbi);
    layout.dataset().ifPresent(partitions::create);
    loads.addStep(load.id(), watch.step("analyze", 0));
    return false;
  }
}
