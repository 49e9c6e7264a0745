package io.refdata.api.performance;

import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Begins a run of all tests of the running system, by a schedule that an operator sets. The run
 * goes on by itself, so that other tasks do not wait for it.
 */
@Dependent
public class MeasurePerformance implements Task {
  @Inject private PerformanceSuite suite;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public MeasurePerformance() {}

  @Override
  public String name() {
    return "MEASURE_PERFORMANCE";
  }

  @Override
  public Duration every() {
    return Duration.ofDays(1);
  }

  @Override
  public boolean isScheduled() {
    return false;
  }

  @Override
  public void run(Consumer<Step> done) {
    suite.begin(AskedBy.SCHEDULE, PerformanceSuite.targets().tests());
  }
}
