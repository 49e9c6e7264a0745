package io.refdata.persistence.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Release;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.feature.SeriesSource;
import io.refdata.domain.feature.Target;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The definition of a feature set as JSON, without its name and version. */
final class DefinitionJson {
  private static final int MOST_FEATURES = (int) Setting.FEATURES_COLUMNS.number();
  private static final int MOST_CUTOFFS = (int) Setting.FEATURES_CUTOFFS.number();
  private static final int MOST_PERIODS = (int) Setting.FEATURES_WINDOW.number();

  /** The members that name a dataset. */
  private static final String SERIES = "series";

  private DefinitionJson() {}

  /** The codes of all datasets that a definition names. */
  static Set<Code> datasets(JsonNode definition) {
    Set<Code> codes = new TreeSet<>();
    code(definition.path("dataset")).ifPresent(codes::add);
    definition.path("features").forEach(one -> code(one.path(SERIES)).ifPresent(codes::add));
    return codes;
  }

  private static Optional<Code> code(JsonNode member) {
    JsonNode code = member.isObject() ? member.path("code") : member;
    return code.isTextual() ? Code.parse(code.asText()) : Optional.empty();
  }

  /** Reads what was stored. */
  static ObjectNode tree(String json) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The definition of a feature set is not JSON", e);
    }
  }

  /** A definition as it is stored: without members that are null. */
  static String write(ObjectNode definition) {
    ObjectNode stored = definition.deepCopy();
    stored.properties().removeIf(member -> member.getValue().isNull());
    try {
      return Json.MAPPER.writeValueAsString(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a definition.
   *
   * @param frequency finds the frequency of a dataset; empty if there is no such dataset
   * @return null if there is a fault
   */
  static @Nullable FeatureSetDefinition read(
      JsonNode object, Function<Code, Optional<Frequency>> frequency, List<Fault> faults) {
    int before = faults.size();
    Members members = Members.of(object, faults);
    List.of("kind", "dataset", "entity", "features").forEach(members::require);
    Optional<FeatureSetKind> kind = members.oneOf("kind", FeatureSetKind.class);
    Optional<Code> dataset = members.reference("dataset");
    Optional<Code> entity = members.reference("entity");
    boolean forecasting = kind.filter(FeatureSetKind.FORECASTING::equals).isPresent();
    if (forecasting) {
      members.require("target");
    }
    List<Code> entities = codes(members);
    int season = dataset.flatMap(frequency).map(DefinitionJson::season).orElse(0);
    List<Feature> features = features(members, new FeatureJson(season));
    Target target = members.object("target").map(one -> target(one, forecasting)).orElse(null);
    Cutoffs cutoffs =
        cutoffs(members, forecasting ? new Cutoffs.EachVintage() : new Cutoffs.Newest());
    KnownWhen knownWhen = members.oneOf("knownWhen", KnownWhen.class).orElse(KnownWhen.RECORDED);
    int periods = members.wholeNumber("periods", 1, MOST_PERIODS).orElse(1);
    Optional<Scale> scale = members.oneOf("scale", Scale.NAMES).flatMap(Scale::named);
    if (kind.isPresent() && forecasting && scale.isPresent()) {
      members.fault("scale", "is for CLUSTERING");
    } else if (kind.isPresent() && !forecasting && periods > 1) {
      members.fault("periods", "is for FORECASTING: a cluster has one row an entity");
    }
    members.end();
    return faults.size() > before
        ? null
        : new FeatureSetDefinition(
            kind.orElseThrow(),
            dataset.orElseThrow(),
            entity.orElseThrow(),
            entities,
            features,
            target,
            cutoffs,
            knownWhen,
            periods,
            scale.orElse(Scale.NONE));
  }

  /** The periods after which a season comes again; 0 if none is longer than a period. */
  private static int season(Frequency frequency) {
    return switch (frequency) {
      case A -> 0;
      case S -> 2;
      case Q -> 4;
      case M -> 12;
      case W -> 52;
      case D -> 7;
      case H -> 24;
      case N -> 60;
    };
  }

  private static List<Code> codes(Members members) {
    List<String> texts = members.texts("entities").orElse(List.of());
    if (texts.size() > Setting.FEATURES_SERIES.number()) {
      members.fault("entities", "must be at most %,d".formatted(Setting.FEATURES_SERIES.number()));
      return List.of();
    }
    List<Code> codes = new ArrayList<>();
    for (String text : new TreeSet<>(texts)) {
      Code.parse(text)
          .ifPresentOrElse(
              codes::add, () -> members.fault("entities", "'%s' is no code".formatted(text)));
    }
    return codes;
  }

  private static List<Feature> features(Members members, FeatureJson json) {
    List<Members> all = members.objects("features").orElse(List.of());
    if (members.any("features").isPresent() && (all.isEmpty() || all.size() > MOST_FEATURES)) {
      members.fault("features", "must be 1 to %,d".formatted(MOST_FEATURES));
      return List.of();
    }
    List<Feature> features = new ArrayList<>();
    all.forEach(one -> json.read(one).ifPresent(features::add));
    return features;
  }

  private static Target target(Members members, boolean forecasting) {
    SeriesSource source = FeatureJson.source(members);
    if (source != null && source.dataset() != null) {
      members.fault(SERIES, "is for features: the target is of the dataset of the set");
    }
    int horizon = 1;
    Release release = Release.FIRST;
    if (forecasting) {
      horizon = members.wholeNumber("horizon", 1, MOST_PERIODS).orElse(1);
      release = release(members);
    }
    members.end();
    return new Target(
        source == null ? new SeriesSource(null, null, Map.of()) : source, horizon, release);
  }

  private static Release release(Members members) {
    JsonNode given = members.any("release").orElse(null);
    if (given == null) {
      return Release.FIRST;
    }
    Optional<Release> release = Release.parse(given.asText());
    if (release.isEmpty() || !given.isTextual() && !given.isIntegralNumber()) {
      members.fault("release", "must be FIRST, LATEST or a number from 1 to 9,999");
    }
    return release.orElse(Release.FIRST);
  }

  private static Cutoffs cutoffs(Members members, Cutoffs standard) {
    JsonNode given = members.any("cutoffs").orElse(null);
    if (given == null) {
      return standard;
    } else if (given.isTextual() && given.asText().equals("EACH_VINTAGE")) {
      return new Cutoffs.EachVintage();
    } else if (given.isObject()) {
      return members.object("cutoffs").map(one -> every(one, standard)).orElse(standard);
    } else if (given.isArray() && !given.isEmpty() && given.size() <= MOST_CUTOFFS) {
      return listed(members, given);
    }
    members.fault(
        "cutoffs",
        "must be EACH_VINTAGE, {\"every\": \"P1M\"} or an array of 1 to %,d instants"
            .formatted(MOST_CUTOFFS));
    return standard;
  }

  private static Cutoffs every(Members members, Cutoffs standard) {
    members.require("every");
    Optional<Period> step = members.filledText("every").flatMap(DefinitionJson::period);
    if (members.any("every").isPresent() && step.isEmpty()) {
      members.fault("every", "must be a period in days, weeks, months or years, like P1M");
    }
    members.end();
    return step.<Cutoffs>map(Cutoffs.Every::new).orElse(standard);
  }

  private static Optional<Period> period(String text) {
    try {
      return Optional.of(Period.parse(text))
          .filter(Cutoffs.Every::isStep)
          .filter(step -> step.toTotalMonths() <= 12_000 && step.getDays() <= 366_000);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Cutoffs listed(Members members, JsonNode given) {
    Set<Instant> instants = new HashSet<>();
    for (JsonNode one : given) {
      Optional<Instant> instant =
          one.isTextual() ? FeatureInstants.parse(one.asText()) : Optional.empty();
      if (instant.isEmpty()
          || !instant.get().equals(instant.get().truncatedTo(ChronoUnit.MICROS))) {
        members.fault(
            "cutoffs", "must be instants like 2026-03-01T12:00:00Z, to the microsecond at most");
        break;
      }
      instants.add(instant.get());
    }
    return new Cutoffs.Listed(List.copyOf(instants));
  }
}
