package io.refdata.api.signal;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.value.Code;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The form of the results of a signal, whatever their origin.
 *
 * @param source the id of the dataset whose series they are made of
 * @param topics all that they are made of: the ids of datasets, and 0 for the reference data
 * @param dimensions those of a unit, in front of that of the results
 * @param units a code for each of them; an empty list where there is one unit for each code
 * @param results the codes of the last dimension
 * @param origins for each of them what gives it: equal to that of before if nothing but other
 *     results differ
 */
record SignalForm(
    int source,
    List<Integer> topics,
    Frequency frequency,
    List<Dimension> dimensions,
    List<List<Code>> units,
    List<Code> results,
    List<?> origins) {
  private static final String CODE_LISTS = "code-lists/";
  private static final String INDICATORS = "indicators";

  /** Why the results can't be written to a dataset; empty if they can. */
  Optional<String> misfit(Dataset target) {
    int count = dimensions.size();
    if (target.frequency() != frequency) {
      return Optional.of("must be %s data, as the results are".formatted(frequency.adjective()));
    }
    boolean same =
        target.dimensions().size() == count + 1
            && target.dimensions().subList(0, count).equals(dimensions)
            && holdsResults(target.dimensions().get(count));
    return same
        ? Optional.empty()
        : Optional.of(
            "must have the dimensions of the series, and behind them one for the results, whose"
                + " values are a code list or the indicators");
  }

  /** Whether some results of both are the same ones, if they are written to one dataset. */
  boolean overlaps(SignalForm other) {
    if (units.size() != other.units.size()) {
      return false;
    }
    for (int i = 0; i < units.size(); i++) {
      List<Code> own = units.get(i);
      List<Code> others = other.units.get(i);
      if (!own.isEmpty() && !others.isEmpty() && Collections.disjoint(own, others)) {
        return false;
      }
    }
    return !Collections.disjoint(results, other.results);
  }

  /** The results of an earlier form that are no results of this one. */
  List<Code> leaves(SignalForm before) {
    if (units.size() != before.units.size()) {
      return before.results;
    }
    for (int i = 0; i < units.size(); i++) {
      if (!units.get(i).isEmpty() && !units.get(i).equals(before.units.get(i))) {
        return before.results;
      }
    }
    return before.results.stream().filter(code -> !results.contains(code)).toList();
  }

  /** The results of an earlier form that something else gives here. */
  List<Code> differs(SignalForm before) {
    return before.results.stream()
        .filter(results::contains)
        .filter(code -> !origin(code).equals(before.origin(code)))
        .toList();
  }

  private Object origin(Code result) {
    return origins.get(results.indexOf(result));
  }

  private static boolean holdsResults(Dimension dimension) {
    return dimension.values().startsWith(CODE_LISTS) || dimension.values().equals(INDICATORS);
  }
}
