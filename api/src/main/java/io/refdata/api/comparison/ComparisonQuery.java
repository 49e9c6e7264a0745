package io.refdata.api.comparison;

import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Asked;
import io.refdata.api.request.Parameters;
import io.refdata.domain.item.value.Code;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The series that a request compares: several with the first of them, or the forecasts of several
 * origins with what came.
 *
 * @param asked the base first, or the forecasts and what came
 * @param origin the position of the dimension of the origins of forecasts; -1 without forecasts
 * @param given the parameters that are the same for all
 */
record ComparisonQuery(List<Asked> asked, int origin, Map<String, List<String>> given) {
  private static final String SERIES = "series";
  private static final String FORECAST = "forecast";
  private static final String ACTUAL = "actual";
  private static final String LEAST_COVERAGE = "minCoverage";
  private static final int MOST = (int) Setting.COMPARISON_SERIES.number();

  /** The parameters of observations that mean something for each of the series. */
  private static final List<String> SHARED =
      List.of(
          "from",
          "to",
          "asOf",
          "knownAt",
          "unit",
          "frequency",
          "aggregation",
          "zone",
          LEAST_COVERAGE);

  /**
   * Parses it.
   *
   * @throws io.refdata.api.problem.Problem that names every invalid parameter
   */
  static ComparisonQuery parse(Parameters parameters, HeldObservations observations) {
    List<String> series = parameters.all(SERIES);
    boolean forecasts = !parameters.all(FORECAST).isEmpty() || !parameters.all(ACTUAL).isEmpty();
    Map<String, List<String>> given = new HashMap<>();
    for (String name : SHARED) {
      List<String> values = parameters.all(name);
      if (!values.isEmpty()) {
        given.put(name, values);
      }
    }
    List<Asked> asked = new ArrayList<>();
    int origin = -1;
    if (forecasts && given.containsKey("frequency")) {
      // The sum of half a year is no error of a forecast of the year.
      given.putIfAbsent(LEAST_COVERAGE, List.of("1"));
    }
    if (forecasts) {
      if (!series.isEmpty()) {
        parameters.fault(SERIES, "cannot be asked for together with forecast");
      }
      add(asked, FORECAST, one(parameters, FORECAST), parameters, observations);
      origin = asked.isEmpty() ? -1 : origin(asked.get(0), parameters);
      add(asked, ACTUAL, one(parameters, ACTUAL), parameters, observations);
    } else if (series.size() < 2 || series.size() > MOST) {
      parameters.fault(
          SERIES, "must be given 2 to %,d times, each like CO2:FRA.co2".formatted(MOST));
    } else if (Set.copyOf(series).size() < series.size()) {
      parameters.fault(SERIES, "must be different series");
    } else {
      add(asked, SERIES, series, parameters, observations);
    }
    asked.stream()
        .filter(one -> !one.parameter().equals(FORECAST) && !one.isOneSeries())
        .forEach(
            one ->
                parameters.fault(
                    one.parameter(),
                    "must have one code for each dimension of " + one.dataset().code()));
    parameters.end();
    return new ComparisonQuery(asked, origin, given);
  }

  private static List<String> one(Parameters parameters, String name) {
    List<String> values = parameters.one(name).stream().toList();
    if (values.isEmpty()) {
      parameters.fault(name, "must be given: a forecast is compared with what came");
    }
    return values;
  }

  private static void add(
      List<Asked> asked,
      String parameter,
      List<String> texts,
      Parameters parameters,
      HeldObservations observations) {
    for (String text : texts) {
      Asked one = observations.asked(parameter, text, parameters);
      if (one != null) {
        asked.add(one);
      }
    }
  }

  private static int origin(Asked forecast, Parameters parameters) {
    List<List<Code>> pattern = forecast.pattern();
    int[] open =
        IntStream.range(0, pattern.size()).filter(i -> pattern.get(i).size() != 1).toArray();
    if (open.length != 1 || !pattern.get(open[0]).isEmpty()) {
      parameters.fault(
          FORECAST, "must have * for the origin, and one code for each other dimension");
      return -1;
    }
    return open[0];
  }

  /** True if forecasts are compared with what came. */
  boolean isOfForecasts() {
    return origin >= 0;
  }
}
