package io.refdata.persistence.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.feature.CalendarPart;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.SeriesSource;
import io.refdata.domain.feature.ValueFunction;
import io.refdata.domain.feature.ValueFunction.Statistic;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the features of a definition from JSON. */
final class FeatureJson {
  private static final int MOST_PERIODS = (int) Setting.FEATURES_WINDOW.number();

  /** The members of which a feature has one: what it is. */
  private static final List<String> KINDS =
      List.of("lag", "diff", "pct", "roll", "ewm", "seasonalLag", "calendar", "static", "series");

  private final int season;

  /**
   * @param season the periods of a season, unless a feature says it; 0 if there is no such thing
   */
  FeatureJson(int season) {
    this.season = season;
  }

  /** Reads a feature; empty if it is at fault. */
  Optional<Feature> read(Members members) {
    String kind = kind(members);
    Optional<Feature> feature =
        switch (kind) {
          case "" -> Optional.empty();
          case "calendar" ->
              members
                  .oneOf(kind, CalendarPart.NAMES)
                  .flatMap(CalendarPart::named)
                  .map(Feature.OfCalendar::new);
          case "static" -> members.filledText(kind).map(Feature.OfEntity::new);
          default -> {
            SeriesSource source = source(members);
            yield function(kind, members)
                .map(function -> (Feature) new Feature.OfSeries(source, function));
          }
        };
    if (!kind.isEmpty()) {
      members.end();
    }
    return feature;
  }

  /** The kind of a feature; {@code series} alone is one, and beside another says whose it is. */
  private static String kind(Members members) {
    List<String> given = new ArrayList<>(members.names());
    given.retainAll(KINDS);
    if (given.size() > 1) {
      given.remove("series");
    }
    if (given.size() > 1 && given.contains("lag")) {
      given.remove("lag");
    }
    if (given.size() != 1) {
      members.fault("must have one of " + String.join(", ", KINDS));
      return "";
    }
    return given.get(0);
  }

  private Optional<ValueFunction> function(String kind, Members members) {
    return switch (kind) {
      case "lag" -> whole(members, "lag", 0).map(ValueFunction.Lag::new);
      case "series" -> Optional.of(new ValueFunction.Lag(0));
      case "diff", "pct" -> {
        int lag = whole(members, "lag", 0).orElse(0);
        yield whole(members, kind, 1)
            .map(periods -> new ValueFunction.Change(periods, lag, kind.equals("pct")));
      }
      case "roll" -> roll(members);
      case "ewm" -> {
        int lag = whole(members, "lag", 0).orElse(1);
        yield alpha(members).map(alpha -> new ValueFunction.Weighted(alpha, lag));
      }
      default -> seasonal(members);
    };
  }

  private Optional<ValueFunction> seasonal(Members members) {
    Optional<Integer> number = whole(members, "seasonalLag", 1);
    Optional<Integer> given = whole(members, "season", 1);
    if (given.isEmpty() && season == 0) {
      members.fault("season", "is missing: periods of this length have no season of their own");
      return Optional.empty();
    }
    return number.map(seasons -> new ValueFunction.SeasonalLag(seasons, given.orElse(season)));
  }

  private static Optional<ValueFunction> roll(Members members) {
    int lag = whole(members, "lag", 0).orElse(1);
    members.require("window");
    Optional<Integer> window = whole(members, "window", 1);
    Optional<Integer> least = whole(members, "minSamples", 1);
    Optional<Statistic> statistic =
        members
            .oneOf("roll", Arrays.stream(Statistic.values()).map(Statistic::toString).toList())
            .flatMap(
                name ->
                    Arrays.stream(Statistic.values())
                        .filter(one -> one.toString().equals(name))
                        .findFirst());
    if (window.isEmpty() || statistic.isEmpty()) {
      return Optional.empty();
    }
    if (least.orElse(1) > window.get()) {
      members.fault("minSamples", "must be at most the window");
      return Optional.empty();
    }
    return Optional.of(
        new ValueFunction.Roll(statistic.get(), window.get(), lag, least.orElse(window.get())));
  }

  private static Optional<Double> alpha(Members members) {
    Optional<Double> alpha = members.any("ewm").filter(JsonNode::isNumber).map(JsonNode::asDouble);
    if (alpha.isEmpty() || !(alpha.get() > 0 && alpha.get() <= 1)) {
      members.fault("ewm", "must be a number above 0, at most 1");
      return Optional.empty();
    }
    return alpha;
  }

  private static Optional<Integer> whole(Members members, String name, int least) {
    return members.wholeNumber(name, least, MOST_PERIODS);
  }

  /** The source of a feature or a target; null if it names none. */
  static @Nullable SeriesSource source(Members members) {
    Optional<Code> dataset = members.reference("series");
    Optional<Code> indicator = members.reference("indicator");
    Map<String, Code> dimensions = new HashMap<>();
    members
        .object("dimensions")
        .ifPresent(
            named ->
                named
                    .names()
                    .forEach(
                        name ->
                            named.reference(name).ifPresent(code -> dimensions.put(name, code))));
    return dataset.isEmpty() && indicator.isEmpty() && dimensions.isEmpty()
        ? null
        : new SeriesSource(dataset.orElse(null), indicator.orElse(null), dimensions);
  }
}
