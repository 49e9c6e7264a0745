package io.refdata.api.performance;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.request.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of a client to begin a run.
 *
 * @param tests the names of the tests
 * @param every the time from one run to the next; null if the schedule stays as it is
 * @param never true if there are to be no more runs by the schedule
 */
record RunOrder(List<String> tests, @Nullable Duration every, boolean never) {
  private static final String EVERY = "every";
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  RunOrder {
    tests = List.copyOf(tests);
  }

  /** All tests, once. */
  static RunOrder all() {
    return new RunOrder(PerformanceSuite.targets().tests(), null, false);
  }

  /**
   * Reads a body.
   *
   * @throws io.refdata.api.problem.Problem if there are faults; it names them all
   */
  static RunOrder parse(JsonNode body) {
    Parameters parameters = Parameters.of(body);
    Duration every = parameters.one(EVERY).map(text -> every(text, parameters)).orElse(null);
    List<String> all = PerformanceSuite.targets().tests();
    List<String> tests = parameters.all("tests");
    for (String test : tests) {
      if (!all.contains(test)) {
        parameters.fault("tests", "'" + test + "' is no test; there are " + String.join(", ", all));
      }
    }
    if (body.has(EVERY) && !tests.isEmpty()) {
      parameters.fault("tests", "cannot be given with every: a schedule runs all tests");
    }
    parameters.end();
    return new RunOrder(tests.isEmpty() ? all : tests, every, body.path(EVERY).isNull());
  }

  private static @Nullable Duration every(String text, Parameters parameters) {
    try {
      Duration every = Duration.parse(text);
      if (every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0) {
        return every;
      }
    } catch (DateTimeException e) {
      // The same fault as for one out of bounds.
    }
    parameters.fault(EVERY, "must be a duration like PT24H, from PT1M to P366D, or null for never");
    return null;
  }
}
