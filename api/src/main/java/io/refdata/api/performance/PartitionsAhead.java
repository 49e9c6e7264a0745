package io.refdata.api.performance;

import io.refdata.persistence.performance.PerformanceFigures;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;

/** Whether the next partition of each dataset is there before its first observation. */
@Dependent
class PartitionsAhead implements PerformanceTest {
  @Inject private PerformanceFigures figures;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  PartitionsAhead() {}

  @Override
  public String name() {
    return "partitions-ahead";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    sheet.measured(
        "next-partitions",
        probes.pace().work(figures::partitionsAhead),
        "No dataset with observations makes partitions ahead.");
  }
}
