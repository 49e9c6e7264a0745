package io.refdata.api.performance;

import io.refdata.api.performance.Subjects.Year;
import io.refdata.persistence.performance.PerformanceFigures;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;

/** Whether a read of a year leaves out the partitions of other times. */
@Dependent
class PartitionsRead implements PerformanceTest {
  @Inject private PerformanceFigures figures;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  PartitionsRead() {}

  @Override
  public String name() {
    return "partitions-read";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    Year year = probes.subjects().year();
    if (year == null) {
      sheet.noData("year-partitions", Probes.NO_SERIES);
    } else {
      sheet.measured(
          "year-partitions",
          probes.pace().work(() -> figures.partitionsRead(year.dataset(), year.year())),
          "The dataset %s has no partitions of other times.".formatted(year.dataset()));
    }
  }
}
