package io.refdata.api.observation;

import io.refdata.api.request.OnDay;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.dataset.SeriesSelection.Filter;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the parameters that select series of a dataset: {@code key}, {@code within} with {@code
 * on}, and one parameter for each dimension. A repeated parameter matches any of its values. A
 * series must match all parameters.
 */
final class SeriesParameters {
  /**
   * The maximum number of keys that do not have exactly one code for each dimension. Each of them
   * is a separate condition.
   */
  static final int MAX_PATTERNS = (int) Setting.SERIES_PATTERNS.number();

  /**
   * The maximum number of regions in {@code within}, more than there are countries. The descendants
   * of each are searched.
   */
  private static final int MAX_WITHIN = (int) Setting.SERIES_REGIONS.number();

  private final Parameters parameters;
  private final List<Dimension> dimensions;
  private final List<Filter> filters = new ArrayList<>();

  private SeriesParameters(Dataset dataset, Parameters parameters) {
    this.parameters = parameters;
    this.dimensions = dataset.dimensions();
  }

  /** Parses the selection. Adds each fault to the parameters. */
  static SeriesSelection read(Dataset dataset, Parameters parameters) {
    return new SeriesParameters(dataset, parameters).read();
  }

  private SeriesSelection read() {
    List<List<List<Code>>> keys = new ArrayList<>();
    int patterns = 0;
    for (String key : parameters.any("key")) {
      try {
        List<List<Code>> pattern = KeyPattern.parse(key, dimensions);
        keys.add(pattern);
        patterns += pattern.stream().allMatch(codes -> codes.size() == 1) ? 0 : 1;
      } catch (IllegalArgumentException e) {
        parameters.fault("key", String.valueOf(e.getMessage()));
      }
    }
    if (patterns > MAX_PATTERNS) {
      parameters.fault(
          "key",
          "takes at most %,d patterns; keys with one code for each dimension do not count"
              .formatted(MAX_PATTERNS));
    }
    for (int position = 0; position < dimensions.size(); position++) {
      filter(dimensions.get(position).code().value(), position, null);
    }
    within();
    return new SeriesSelection(keys, filters, null);
  }

  private void within() {
    List<Dimension> regionDimensions =
        dimensions.stream().filter(dimension -> dimension.values().equals("regions")).toList();
    if (regionDimensions.size() == 1) {
      OnDay.requireWithin(parameters);
      filter("within", dimensions.indexOf(regionDimensions.get(0)), OnDay.of(parameters));
    } else if (!parameters.all("within").isEmpty()) {
      parameters.fault(
          "within",
          regionDimensions.isEmpty()
              ? "cannot be used here: no dimension has regions as values"
              : "is ambiguous: more than one dimension has regions as values");
    }
  }

  private void filter(String parameter, int position, @Nullable MembershipDay on) {
    List<Code> codes = new ArrayList<>();
    for (String value : parameters.any(parameter)) {
      try {
        codes.addAll(KeyPattern.codes(value));
      } catch (IllegalArgumentException e) {
        parameters.fault(parameter, String.valueOf(e.getMessage()));
      }
    }
    if (on != null && codes.size() > MAX_WITHIN) {
      parameters.fault(parameter, "takes at most %,d regions".formatted(MAX_WITHIN));
    } else if (!codes.isEmpty()) {
      filters.add(new Filter(position, codes, on));
    }
  }
}
