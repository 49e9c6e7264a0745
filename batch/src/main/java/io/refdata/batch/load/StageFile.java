package io.refdata.batch.load;

import io.refdata.batch.load.intake.DuplicateRejects;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.Progress;
import io.refdata.batch.load.intake.RejectLimit;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Stopwatch;
import io.refdata.batch.load.intake.Tally;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.LoadMode;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.load.staging.PlacesNeeded;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file into staging by binary COPY, and writes the rejects. It replaces all rows that
 * were staged before, so the step can be repeated any number of times.
 */
@Named
@Dependent
public class StageFile extends LoadStep {
  private static final Logger LOG = Logger.getLogger(StageFile.class);

  @Inject private Rejects rejects;
  @Inject private Payloads payloads;
  @Inject private LoadTargets targets;

  @Override
  protected boolean run(Load load) throws IOException {
    return switch (load.state()) {
      case FAILED, STOPPED -> false;
      case COMPLETED -> true;
      case MERGING -> new StagingTables(load.id()).holds(jdbi, load) || stage(load);
      case RECEIVED, STAGING -> stage(load);
    };
  }

  /**
   * Stages the file from its beginning; returns false if the load was stopped meanwhile. Few files
   * have duplicates, so places are staged only when they turn out to be needed.
   */
  boolean stage(Load load) throws IOException {
    loads.beginStaging(load.id(), job.getExecutionId());
    Stopwatch watch = Stopwatch.start();
    try {
      return stage(load, watch, false);
    } catch (PlacesNeeded e) {
      LOG.infof("Load %d is staged again: %s", load.id(), e.getMessage());
      return stage(load, watch, true);
    }
  }

  private boolean stage(Load load, Stopwatch watch, boolean places) throws IOException {
    Tally tally = new Tally();
    RejectLimit limit = new RejectLimit(load.maxRejectRatio());
    String summary;
    try (Rejects.Writer rejectWriter = rejects.begin(load.id());
        SparedKeys spared = sparedKeys(load)) {
      if (!stage(load, places, tally, limit, rejectWriter, spared)) {
        return false;
      }
      summary = rejectWriter.summary();
    }
    limit.check(tally);
    loads.addStep(load.id(), watch.step("stage", tally.read(), tally.workedNanos()));
    LOG.infof(
        "Load %d: staged %,d rows, rejected %,d, in %.1f s",
        load.id(), tally.stagedRows(), tally.rejectedRows(), watch.seconds());
    return loads.endStaging(load.id(), tally.result(), summary);
  }

  private @Nullable SparedKeys sparedKeys(Load load) {
    return load.mode() == LoadMode.REPLACE
        ? new SparedKeys(jdbi, new StagingTables(load.id()))
        : null;
  }

  private boolean stage(
      Load load,
      boolean places,
      Tally tally,
      RejectLimit limit,
      Rejects.Writer rejectWriter,
      @Nullable SparedKeys spared)
      throws IOException {
    LayoutDefinition layout = LayoutJson.parse(load.definition());
    LoadTarget target = targets.find(load, layout);
    Path path = payloads.path(load.file());
    boolean complete;
    try (SourceFile file = new SourceFile(path, layout, target.columns())) {
      Progress progress = new Progress(loads, load.id(), file, tally, limit, this::stopped);
      complete = target.stage(file, new Intake(tally, rejectWriter, spared, places, progress));
    }
    if (complete && tally.hasDuplicates()) {
      try (SourceFile again = new SourceFile(path, layout, target.columns())) {
        DuplicateRejects.reject(jdbi, new StagingTables(load.id()), again, rejectWriter);
      }
    }
    return complete;
  }
}
