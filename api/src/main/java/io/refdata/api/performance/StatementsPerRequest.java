package io.refdata.api.performance;

import io.refdata.api.performance.OwnRequests.Answer;
import io.refdata.api.performance.Probes.Paths;
import io.refdata.api.performance.Subjects.Year;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Whether a response takes a few statements, or one more for each thing in it (N+1). */
@Dependent
class StatementsPerRequest implements PerformanceTest {
  private static final int TIMES = 3;

  @Override
  public String name() {
    return "statements-per-request";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    if (probes.hasItems()) {
      count("statements-of-item", probes::item, probes, sheet);
      count("statements-of-page", number -> Subjects.EXPANDED, probes, sheet);
    }
    Year year = probes.subjects().year();
    if (year == null) {
      sheet.noData("statements-of-year", Probes.NO_SERIES);
    } else {
      count("statements-of-year", number -> year.path(), probes, sheet);
    }
    sheet.endWithoutData(Probes.NO_FACILITY);
  }

  private static void count(String target, Paths paths, Probes probes, Sheet sheet)
      throws IOException {
    List<Answer> answers = probes.uncached(TIMES, paths);
    Answer most = answers.stream().max(Comparator.comparingInt(Answer::statements)).orElseThrow();
    sheet.measured(target, most.statements(), "the most of " + TIMES + " requests");
  }
}
