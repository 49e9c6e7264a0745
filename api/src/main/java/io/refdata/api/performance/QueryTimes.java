package io.refdata.api.performance;

import io.refdata.api.performance.Probes.Paths;
import io.refdata.api.performance.Subjects.Year;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;

/** The times of the common reads that no cache answers. */
@Dependent
class QueryTimes implements PerformanceTest {
  private static final double MOST = 0.95;

  @Override
  public String name() {
    return "query-times";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    if (probes.hasItems()) {
      time("item-p95", probes::item, probes, sheet);
      time("page-p95", number -> Subjects.EXPANDED, probes, sheet);
    }
    Year year = probes.subjects().year();
    if (year == null) {
      sheet.noData("year-p95", Probes.NO_SERIES);
    } else {
      time("year-p95", number -> year.path(), probes, sheet);
    }
    sheet.endWithoutData(Probes.NO_FACILITY);
  }

  private static void time(String target, Paths paths, Probes probes, Sheet sheet)
      throws IOException {
    Times times = Times.of(probes.uncached(Probes.TIMES, paths));
    sheet.measured(target, times.within(MOST), times.text());
  }
}
