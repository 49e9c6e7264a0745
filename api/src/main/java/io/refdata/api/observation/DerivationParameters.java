package io.refdata.api.observation;

import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Aggregate;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.derivation.References;
import io.refdata.settings.Setting;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the parameters that ask for something worked out from observations: {@code unit}, {@code
 * frequency}, {@code aggregation}, {@code minCoverage}, {@code zone} and {@code transform}.
 */
final class DerivationParameters {
  private static final int LONGEST_WINDOW = (int) Setting.DERIVATION_WINDOW.number();
  private static final Set<Frequency> WITHIN_DAYS = Set.of(Frequency.H, Frequency.N);

  /** A share with at most 17 digits behind the point. */
  private static final Pattern SHARE = Pattern.compile("[01](?:\\.\\d{1,17})?|\\.\\d{1,17}");

  private final Parameters parameters;
  private final Dataset dataset;
  private final Frequency frequency;

  private DerivationParameters(Parameters parameters, Dataset dataset) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.frequency = dataset.frequency();
  }

  /**
   * Parses them, and adds each fault to the parameters.
   *
   * @param dataset the dataset of the observations
   * @param selection the series that are asked for
   * @param datasets finds another dataset by its code
   * @return null if nothing is to be worked out
   */
  static @Nullable Derivation read(
      Parameters parameters,
      Dataset dataset,
      SeriesSelection selection,
      Function<String, Dataset> datasets) {
    return new DerivationParameters(parameters, dataset).read(selection, datasets);
  }

  private @Nullable Derivation read(SeriesSelection selection, Function<String, Dataset> datasets) {
    Optional<String> unit = one("unit");
    if (unit.isPresent() && Code.parse(unit.get()).isEmpty()) {
      parameters.fault("unit", "'" + unit.get() + "' is no code of a unit");
    }
    Optional<Aggregation> aggregation =
        isDimension("aggregation")
            ? Optional.empty()
            : parameters.oneOf("aggregation", Aggregation.class);
    double least = one("minCoverage").flatMap(this::share).orElse(0.0);
    Aggregate aggregate =
        AggregateParameters.read(
            parameters, dataset, selection, ofMembers(aggregation), least, datasets);
    Optional<Resampled> resampled = resampled(aggregation, least, aggregate != null);
    Frequency results =
        resampled.map(Resampled::resampling).map(Resampling::target).orElse(frequency);
    Optional<Transform> transform = one("transform").flatMap(t -> transform(t, results));
    return unit.isEmpty() && aggregate == null && resampled.isEmpty() && transform.isEmpty()
        ? null
        : new Derivation(
            frequency,
            unit.orElse(null),
            aggregate,
            resampled.orElse(null),
            transform.orElse(null));
  }

  private Optional<Transform> transform(String text, Frequency results) {
    try {
      return Optional.of(Transform.parse(text, results, LONGEST_WINDOW));
    } catch (IllegalArgumentException e) {
      parameters.fault("transform", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** FIRST and LAST choose a time, if there is one to choose; members have no first and last. */
  private @Nullable Aggregation ofMembers(Optional<Aggregation> aggregation) {
    boolean chooses =
        !isDimension("frequency")
            && !parameters.all("frequency").isEmpty()
            && aggregation
                .filter(rule -> rule == Aggregation.FIRST || rule == Aggregation.LAST)
                .isPresent();
    return chooses ? null : aggregation.orElse(null);
  }

  private Optional<Resampled> resampled(
      Optional<Aggregation> aggregation, double least, boolean aggregated) {
    Optional<String> target = one("frequency");
    Optional<String> zone = one("zone");
    if (target.isEmpty()) {
      if (!aggregated && one("aggregate").isEmpty()) {
        for (String name : List.of("aggregation", "minCoverage")) {
          if (one(name).isPresent()) {
            parameters.fault(name, "can be given together with frequency or aggregate only");
          }
        }
      }
      zone.ifPresent(text -> parameters.fault("zone", "can be given together with frequency only"));
      return Optional.empty();
    }
    if (one("aggregation").isEmpty() && !References.giveAggregation(dataset)) {
      parameters.fault("aggregation", "must be given: no dimension is an indicator that has one");
    }
    ZoneId days = zone.flatMap(this::zone).orElse(ZoneOffset.UTC);
    return parameters
        .oneOf("frequency", Frequency.class)
        .flatMap(longer -> resampling(longer, days))
        .map(resampling -> new Resampled(resampling, aggregation.orElse(null), least));
  }

  /** A parameter; a dimension that is called like it goes first, and is a filter. */
  private Optional<String> one(String name) {
    return isDimension(name) ? Optional.empty() : parameters.one(name);
  }

  private boolean isDimension(String name) {
    return dataset.dimensions().stream()
        .anyMatch(dimension -> dimension.code().value().equals(name));
  }

  private Optional<Resampling> resampling(Frequency longer, ZoneId days) {
    if (WITHIN_DAYS.contains(longer)) {
      parameters.fault("frequency", "must be D or W or M or Q or S or A");
    } else if (longer.compareTo(frequency) > 0) {
      parameters.fault(
          "frequency",
          "must not be finer than that of the observations, which are " + frequency.adjective());
    } else {
      return Optional.of(new Resampling(frequency, longer, days));
    }
    return Optional.empty();
  }

  private Optional<Double> share(String text) {
    Optional<Double> share =
        Optional.of(text)
            .filter(one -> SHARE.matcher(one).matches())
            .map(one -> new BigDecimal(one).doubleValue())
            .filter(one -> one > 0 && one <= 1);
    if (share.isEmpty()) {
      parameters.fault("minCoverage", "must be a number above 0 and up to 1, like 0.9");
    }
    return share;
  }

  private Optional<ZoneId> zone(String text) {
    if (!WITHIN_DAYS.contains(frequency)) {
      parameters.fault(
          "zone",
          "is for hourly and minutely observations only; these are " + frequency.adjective());
      return Optional.empty();
    }
    try {
      ZoneId zone = ZoneId.of(text);
      return Optional.of(zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone);
    } catch (DateTimeException e) {
      parameters.fault("zone", "must be a time zone like Europe/Berlin");
      return Optional.empty();
    }
  }
}
