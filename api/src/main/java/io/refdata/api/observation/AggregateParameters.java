package io.refdata.api.observation;

import io.refdata.api.request.Parameters;
import io.refdata.api.request.SeriesAddress;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.dataset.SeriesSelection.Filter;
import io.refdata.persistence.derivation.Aggregate;
import io.refdata.persistence.derivation.Aggregate.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parses the parameters that ask for regions to be worked out from their members: {@code aggregate}
 * and {@code weight}.
 */
final class AggregateParameters {
  private static final String AGGREGATE = "aggregate";
  private static final String WEIGHT = "weight";

  /** The collection of regions, as the values of a dimension. */
  private static final String REGIONS = "regions";

  private static final Set<Aggregation> OF_MEMBERS =
      Set.of(Aggregation.SUM, Aggregation.MEAN, Aggregation.MIN, Aggregation.MAX);

  private final Parameters parameters;
  private final Dataset dataset;
  private final SeriesSelection selection;
  private final Function<String, Dataset> datasets;

  private AggregateParameters(
      Parameters parameters,
      Dataset dataset,
      SeriesSelection selection,
      Function<String, Dataset> datasets) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.selection = selection;
    this.datasets = datasets;
  }

  /**
   * Parses them, and adds each fault to the parameters.
   *
   * @param rule the one that is asked for; null for that of the indicator
   * @param datasets finds another dataset by its code
   * @return null if regions are not to be worked out
   */
  static @Nullable Aggregate read(
      Parameters parameters,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Aggregation rule,
      double minCoverage,
      Function<String, Dataset> datasets) {
    return new AggregateParameters(parameters, dataset, selection, datasets)
        .read(rule, minCoverage);
  }

  private @Nullable Aggregate read(@Nullable Aggregation rule, double minCoverage) {
    Optional<String> dimension = one(AGGREGATE);
    Optional<String> weight = one(WEIGHT);
    if (dimension.isEmpty()) {
      weight.ifPresent(
          text -> parameters.fault(WEIGHT, "can be given together with aggregate only"));
      return null;
    }
    int position =
        dataset.dimensions().stream()
            .map(one -> one.code().value())
            .toList()
            .indexOf(dimension.get());
    if (position < 0 || !dataset.dimensions().get(position).values().equals(REGIONS)) {
      parameters.fault(AGGREGATE, "must be a dimension that has regions as values");
      return null;
    }
    check(position, dimension.get(), rule, weight.isPresent());
    return new Aggregate(
        position,
        rule,
        minCoverage,
        weight.flatMap(text -> weight(text, selection.named(position))).orElse(null));
  }

  /** A parameter; a dimension that is called like it goes first, and is a filter. */
  private Optional<String> one(String name) {
    return dataset.dimensions().stream().anyMatch(one -> one.code().value().equals(name))
        ? Optional.empty()
        : parameters.one(name);
  }

  private void check(int position, String dimension, @Nullable Aggregation rule, boolean weighted) {
    if (selection.filters().stream().anyMatch(Filter::within)) {
      parameters.fault("within", "cannot be used together with aggregate");
    } else if (selection.named(position).isEmpty()) {
      parameters.fault(
          AGGREGATE, "needs the regions to be worked out: name them in key or " + dimension);
    }
    if (selection.keys().size() > SeriesParameters.MAX_PATTERNS) {
      parameters.fault(
          "key",
          "takes at most %,d keys together with aggregate"
              .formatted(SeriesParameters.MAX_PATTERNS));
    }
    if (rule != null && !OF_MEMBERS.contains(rule)) {
      parameters.fault(
          "aggregation",
          "must be SUM, MEAN, MIN or MAX together with aggregate: members of a region have no first"
              + " and last");
    } else if (rule != null && rule != Aggregation.MEAN && weighted) {
      parameters.fault(WEIGHT, "is for a MEAN only");
    }
  }

  private Optional<Weight> weight(String text, Set<String> regions) {
    SeriesAddress address = SeriesAddress.of(text);
    Dataset weights;
    try {
      weights = datasets.apply(new Code(address.dataset()).value());
    } catch (IllegalArgumentException | NoSuchItem e) {
      parameters.fault(WEIGHT, "'%s' is no dataset".formatted(address.dataset()));
      return Optional.empty();
    }
    List<Dimension> dimensions = weights.dimensions();
    int[] positions =
        IntStream.range(0, dimensions.size())
            .filter(i -> dimensions.get(i).values().equals(REGIONS))
            .toArray();
    if (positions.length != 1) {
      parameters.fault(WEIGHT, "must be a dataset with one dimension that has regions as values");
      return Optional.empty();
    }
    if (weights.frequency() != dataset.frequency()) {
      parameters.fault(
          WEIGHT,
          "is %s data, and not %s as that which it weighs"
              .formatted(weights.frequency().adjective(), dataset.frequency().adjective()));
      return Optional.empty();
    }
    return pattern(address.key(), dimensions, positions[0])
        .map(
            pattern -> {
              pattern.set(positions[0], regions.stream().map(Code::new).toList());
              return new Weight(
                  weights,
                  new SeriesSelection(List.of(pattern), List.of(), null, positions[0]),
                  positions[0]);
            });
  }

  private Optional<List<List<Code>>> pattern(String key, List<Dimension> dimensions, int position) {
    if (key.isEmpty()) {
      return Optional.of(new ArrayList<>(Collections.nCopies(dimensions.size(), List.<Code>of())));
    }
    try {
      List<List<Code>> pattern = new ArrayList<>(KeyPattern.parse(key, dimensions));
      if (pattern.get(position).isEmpty()) {
        return Optional.of(pattern);
      }
      parameters.fault(WEIGHT, "must have * for the region, which is each member");
    } catch (IllegalArgumentException e) {
      parameters.fault(WEIGHT, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
