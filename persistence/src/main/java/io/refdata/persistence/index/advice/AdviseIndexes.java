package io.refdata.persistence.index.advice;

import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks for indexes that are missing or not needed, and puts the recommendations on record. */
@ApplicationScoped
public class AdviseIndexes implements Task {
  @Inject private MissingIndexes missing;
  @Inject private SpareIndexes spare;
  @Inject private Recommendations recommendations;
  @Inject private OptimizationLog log;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public AdviseIndexes() {}

  /** Outside of a container. */
  public AdviseIndexes(
      MissingIndexes missing,
      SpareIndexes spare,
      Recommendations recommendations,
      OptimizationLog log) {
    this.missing = missing;
    this.spare = spare;
    this.recommendations = recommendations;
    this.log = log;
  }

  @Override
  public String name() {
    return "ADVISE_INDEXES";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run(Consumer<Step> done) {
    log.run(
        name(),
        "all indexes",
        () -> {
          List<Recommendation> found = new ArrayList<>(missing.find());
          found.addAll(spare.find());
          recommendations.replaceOpen(found);
          return found.size() + " recommendations";
        },
        done);
  }
}
