package io.refdata.persistence.index;

import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;

/** Keeps the counters of the indexes. */
@ApplicationScoped
public class SampleIndexes implements Task {
  @Inject private Indexes indexes;
  @Inject private OptimizationLog log;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public SampleIndexes() {}

  @Override
  public String name() {
    return "SAMPLE_INDEXES";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run(Consumer<Step> done) {
    log.run(name(), "all indexes", () -> indexes.sample() + " indexes", done);
  }
}
