package io.refdata.api.observation;

import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.dataset.SeriesSelection.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters that say which series of a dataset are meant: {@code key}, {@code within}, and the
 * dimensions by their names. A parameter that is repeated means any of its values; different
 * parameters must all hold.
 */
final class SeriesParameters {
  /** Keys with more or less than one code for each dimension: each is a condition of its own. */
  private static final int MOST_OPEN = 1_000;

  /** More than there are countries; below each of them is looked. */
  private static final int MOST_WITHIN = 1_000;

  private final Parameters parameters;
  private final List<Dimension> dimensions;
  private final List<Filter> filters = new ArrayList<>();

  private SeriesParameters(Dataset dataset, Parameters parameters) {
    this.parameters = parameters;
    this.dimensions = dataset.dimensions();
  }

  /** Which series are meant. What is wrong is faulted with the parameters. */
  static SeriesSelection read(Dataset dataset, Parameters parameters) {
    return new SeriesParameters(dataset, parameters).read();
  }

  private SeriesSelection read() {
    List<List<List<Code>>> keys = new ArrayList<>();
    int open = 0;
    for (String key : parameters.any("key")) {
      try {
        List<List<Code>> pattern = KeyPattern.parse(key, dimensions);
        keys.add(pattern);
        open += pattern.stream().allMatch(codes -> codes.size() == 1) ? 0 : 1;
      } catch (IllegalArgumentException e) {
        parameters.fault("key", String.valueOf(e.getMessage()));
      }
    }
    if (open > MOST_OPEN) {
      parameters.fault(
          "key", "takes at most %,d patterns; whole keys may be more".formatted(MOST_OPEN));
    }
    for (int position = 0; position < dimensions.size(); position++) {
      filter(dimensions.get(position).code().value(), position, false);
    }
    within();
    return new SeriesSelection(keys, filters, null);
  }

  private void within() {
    List<Dimension> places =
        dimensions.stream().filter(dimension -> dimension.values().equals("regions")).toList();
    if (places.size() == 1) {
      filter("within", dimensions.indexOf(places.get(0)), true);
    } else if (!parameters.all("within").isEmpty()) {
      parameters.fault(
          "within",
          places.isEmpty()
              ? "is no parameter here: no dimension is of regions"
              : "is not clear: more than one dimension is of regions");
    }
  }

  private void filter(String parameter, int position, boolean within) {
    List<Code> codes = new ArrayList<>();
    for (String value : parameters.any(parameter)) {
      try {
        codes.addAll(KeyPattern.codes(value));
      } catch (IllegalArgumentException e) {
        parameters.fault(parameter, String.valueOf(e.getMessage()));
      }
    }
    if (within && codes.size() > MOST_WITHIN) {
      parameters.fault(parameter, "takes at most %,d regions".formatted(MOST_WITHIN));
    } else if (!codes.isEmpty()) {
      filters.add(new Filter(position, codes, within));
    }
  }
}
