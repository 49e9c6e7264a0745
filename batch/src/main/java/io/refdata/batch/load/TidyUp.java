package io.refdata.batch.load;

import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.partition.upkeep.NextPartitions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jboss.logging.Logger;

/**
 * Refreshes the planner's statistics of the tables that the merge wrote to, drops the staging
 * tables, and creates the partitions after those that were loaded.
 */
@Named
@Dependent
public class TidyUp extends LoadStep {
  private static final Logger LOG = Logger.getLogger(TidyUp.class);

  @Inject private LoadTargets targets;
  @Inject private NextPartitions partitions;

  @Override
  protected boolean run(Load load) {
    if (load.state() != Load.State.COMPLETED) {
      return false;
    }
    Stopwatch watch = Stopwatch.start();
    LayoutDefinition layout = LayoutJson.parse(load.definition());
    boolean isThere = analyze(load, layout);
    new StagingTables(load.id()).drop(jdbi);
    if (isThere) {
      layout.dataset().ifPresent(partitions::create);
    }
    loads.addStep(load.id(), watch.step("analyze", 0));
    return false;
  }

  /** False if what was loaded is not there any more: the dataset was deleted since. */
  private boolean analyze(Load load, LayoutDefinition layout) {
    try {
      targets.find(load, layout).analyze();
      return true;
    } catch (InvalidLoad e) {
      LOG.infof("After load %d there is nothing to analyze: %s", load.id(), e.getMessage());
      return false;
    }
  }
}
