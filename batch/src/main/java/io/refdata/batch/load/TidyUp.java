package io.refdata.batch.load;

import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.domain.load.Load;
import io.refdata.persistence.layout.LayoutJson;
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
  @Inject private LoadTargets targets;

  @Override
  protected boolean run(Load load) {
    if (load.state() != Load.State.COMPLETED) {
      return false;
    }
    Stopwatch watch = Stopwatch.start();
    targets.find(load, LayoutJson.parse(load.definition())).analyze();
    new StagingTables(load.id()).drop(jdbi);
    loads.addStep(load.id(), watch.step("analyze", 0));
    return false;
  }
}
