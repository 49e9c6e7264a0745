package io.refdata.api.performance;

import io.refdata.api.performance.OwnRequests.Answer;
import io.refdata.api.performance.Probes.Paths;
import io.refdata.api.performance.Subjects.Year;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The time of a read of a past state, as a multiple of that of the current state. */
@Dependent
class PastReads implements PerformanceTest {
  @Override
  public String name() {
    return "past-reads";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    if (probes.hasItems()) {
      compare("past-item", number -> probes.item(number) + "?", probes, sheet);
      compare("past-page", number -> Subjects.PLAIN + "&", probes, sheet);
    }
    Year year = probes.subjects().year();
    if (year == null) {
      sheet.noData("past-year", Probes.NO_SERIES);
    } else {
      compare("past-year", number -> year.path() + "&", probes, sheet);
    }
    sheet.endWithoutData(Probes.NO_FACILITY);
  }

  /**
   * Asks in turns, so that whatever else happens hits both sides.
   *
   * @param paths that a parameter can be added to
   */
  private static void compare(String target, Paths paths, Probes probes, Sheet sheet)
      throws IOException {
    List<Answer> current = new ArrayList<>();
    List<Answer> past = new ArrayList<>();
    for (int i = 0; i < Probes.TIMES; i++) {
      String path = paths.at(i);
      String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
      current.add(probes.requests().uncached(path.substring(0, path.length() - 1)));
      past.add(probes.requests().uncached(path + "asOf=" + now));
    }
    Times before = Times.of(past);
    Times now = Times.of(current);
    sheet.measured(
        target,
        before.median() / now.median(),
        "past: %s; current: %s".formatted(before.text(), now.text()));
  }
}
