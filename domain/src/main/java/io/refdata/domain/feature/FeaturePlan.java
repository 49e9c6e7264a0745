package io.refdata.domain.feature;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A definition together with the datasets that it names: which series it needs, and what belongs to
 * one unit. A unit is an entity, with one code more for each dimension that the target leaves open.
 *
 * @param datasets that of the feature set first
 * @param sources the different sources of all features, and of the target
 * @param ofFeature for each feature its source; -1 if it needs none
 * @param anchors the sources whose last period is that of a row
 * @param target the source of the target; -1 without one
 * @param entity the position of the entity among the codes of a unit
 * @param type the collection of the entities; null if they are codes of a code list
 */
public record FeaturePlan(
    FeatureSetDefinition definition,
    List<FeatureDataset> datasets,
    List<ResolvedSource> sources,
    List<Integer> ofFeature,
    List<Integer> anchors,
    int target,
    int entity,
    @Nullable ItemType<?> type) {

  /** The columns that rows have besides features. */
  static final Set<String> OWN = Set.of("unique_id", "ds", "cutoff", "y", "coverage");

  /** The dataset whose entities and periods the rows have. */
  public FeatureDataset main() {
    return datasets.get(0);
  }

  /** The dimensions of the dataset whose codes are those of a unit, in their order. */
  public List<Dimension> unit() {
    List<@Nullable String> fixed = sources.get(anchors.get(0)).codes();
    return IntStream.range(0, fixed.size())
        .filter(i -> fixed.get(i) == null)
        .mapToObj(main().dimensions()::get)
        .toList();
  }

  /** The positions of the features that are numbers. */
  public List<Integer> numbers() {
    List<Feature> features = definition.features();
    return IntStream.range(0, features.size())
        .filter(i -> !(features.get(i) instanceof Feature.OfEntity of) || isNumber(of))
        .boxed()
        .toList();
  }

  private boolean isNumber(Feature.OfEntity feature) {
    PropertyKind kind = Objects.requireNonNull(type).shown(feature.property()).orElseThrow().kind();
    return kind == PropertyKind.NUMBER || kind == PropertyKind.INTEGER;
  }

  /** The properties of the entities that are columns, in the order of the columns. */
  public List<Property> properties() {
    ItemType<?> entities = type;
    return entities == null
        ? List.of()
        : definition.properties().stream().map(name -> entities.shown(name).orElseThrow()).toList();
  }

  /**
   * Fits a definition to the datasets that are there now.
   *
   * @param known the datasets by code; those that do not exist are not in it
   * @param faults get what does not fit
   * @return null if there are faults
   */
  public static @Nullable FeaturePlan of(
      FeatureSetDefinition definition, Map<Code, FeatureDataset> known, List<Fault> faults) {
    FeatureDataset main = known.get(definition.dataset());
    if (main == null) {
      faults.add(new Fault("/dataset", "'%s' is no dataset".formatted(definition.dataset())));
      return null;
    }
    int entity = main.position(definition.entity());
    if (entity < 0) {
      faults.add(
          new Fault(
              "/entity", "%s has no dimension %s".formatted(main.code(), definition.entity())));
      return null;
    }
    int before = faults.size();
    FeaturePlan plan = new Fitting(definition, known, main, entity, faults).plan();
    return faults.size() == before ? plan : null;
  }

  /** Finds the series of each source. */
  private static final class Fitting {
    private final FeatureSetDefinition definition;
    private final Map<Code, FeatureDataset> known;
    private final FeatureDataset main;
    private final int entity;
    private final List<Fault> faults;
    private final List<FeatureDataset> datasets = new ArrayList<>();
    private final Map<ResolvedSource, Integer> sources = new LinkedHashMap<>();

    Fitting(
        FeatureSetDefinition definition,
        Map<Code, FeatureDataset> known,
        FeatureDataset main,
        int entity,
        List<Fault> faults) {
      this.definition = definition;
      this.known = known;
      this.main = main;
      this.entity = entity;
      this.faults = faults;
      datasets.add(main);
    }

    FeaturePlan plan() {
      Dimension entities = main.dimensions().get(entity);
      ItemType<?> type = entities.listed() ? null : Catalogue.named(entities.values()).orElse(null);
      Target target = definition.target();
      int ofTarget = target == null ? -1 : add(target.source(), "/target");
      List<Integer> ofFeature = new ArrayList<>();
      Set<String> names = new HashSet<>(OWN);
      for (int i = 0; i < definition.features().size(); i++) {
        Feature feature = definition.features().get(i);
        String pointer = "/features/" + i;
        if (!names.add(feature.name())) {
          faults.add(new Fault(pointer, "has the name of another column: " + feature.name()));
        }
        int source = -1;
        if (feature instanceof Feature.OfSeries series) {
          source = source(series.source(), ofTarget, pointer);
        } else if (feature instanceof Feature.OfEntity of) {
          check(of.property(), type, pointer + "/static");
        }
        ofFeature.add(source);
      }
      List<ResolvedSource> all = List.copyOf(sources.keySet());
      List<Integer> anchors =
          ofTarget >= 0
              ? List.of(ofTarget)
              : ofFeature.stream()
                  .distinct()
                  .filter(source -> source >= 0 && all.get(source).dataset() == 0)
                  .toList();
      if (anchors.isEmpty() && faults.isEmpty()) {
        faults.add(
            new Fault(
                "/features", "must have one of a series of " + main.code() + ", or a target"));
      }
      int open = 0;
      if (!anchors.isEmpty()) {
        List<@Nullable String> codes = all.get(anchors.get(0)).codes();
        open = (int) codes.subList(0, entity).stream().filter(code -> code == null).count();
        checkSameUnits(all);
      }
      return new FeaturePlan(
          definition, List.copyOf(datasets), all, ofFeature, anchors, ofTarget, open, type);
    }

    /** All series of the dataset of the set must leave the same dimensions to the unit. */
    private void checkSameUnits(List<ResolvedSource> all) {
      long different =
          all.stream()
              .filter(source -> source.dataset() == 0)
              .map(source -> source.codes().stream().map(code -> code == null).toList())
              .distinct()
              .count();
      if (different > 1) {
        faults.add(
            new Fault("/features", "must fix the same dimensions of " + main.code() + " each"));
      }
    }

    private int source(@Nullable SeriesSource source, int ofTarget, String pointer) {
      if (source != null) {
        return add(source, pointer);
      } else if (ofTarget < 0) {
        return add(new SeriesSource(null, null, Map.of()), pointer);
      }
      return ofTarget;
    }

    /** The position of a source among all; -1 if it is at fault. */
    private int add(SeriesSource source, String pointer) {
      FeatureDataset dataset = source.dataset() == null ? main : known.get(source.dataset());
      if (dataset == null) {
        faults.add(
            new Fault(pointer + "/series", "'%s' is no dataset".formatted(source.dataset())));
        return -1;
      } else if (dataset.frequency() != main.frequency()) {
        faults.add(
            new Fault(
                pointer + "/series",
                "is %s data, and %s is %s"
                    .formatted(
                        dataset.frequency().adjective(),
                        main.code(),
                        main.frequency().adjective())));
        return -1;
      }
      boolean own = dataset.code().equals(main.code());
      int entities = own ? entity : dataset.positionOf(main.dimensions().get(entity).values());
      if (entities < 0) {
        faults.add(
            new Fault(
                pointer + "/series",
                "has no dimension of " + main.dimensions().get(entity).values()));
        return -1;
      }
      @Nullable String[] codes = fixed(source, dataset, entities, pointer);
      if (codes == null) {
        return -1;
      }
      if (codes[entities] != null) {
        faults.add(new Fault(pointer, "must leave the dimension of the entities open"));
        return -1;
      }
      for (int i = 0; i < codes.length && !own; i++) {
        if (i != entities && codes[i] == null) {
          faults.add(
              new Fault(
                  pointer + "/dimensions",
                  "must have a code for %s of %s"
                      .formatted(dataset.dimensions().get(i).code(), dataset.code())));
          return -1;
        }
      }
      if (!datasets.contains(dataset)) {
        datasets.add(dataset);
      }
      ResolvedSource resolved = ResolvedSource.of(datasets.indexOf(dataset), codes);
      Integer position = sources.putIfAbsent(resolved, sources.size());
      return position == null ? sources.size() - 1 : position;
    }

    private @Nullable String @Nullable [] fixed(
        SeriesSource source, FeatureDataset dataset, int entities, String pointer) {
      @Nullable String[] codes = new @Nullable String[dataset.dimensions().size()];
      int indicators = dataset.positionOf(FeatureDataset.INDICATORS);
      Code indicator = source.indicator();
      if (indicators >= 0 && indicators != entities && indicator == null) {
        faults.add(new Fault(pointer + "/indicator", "is missing"));
        return null;
      } else if (indicators < 0 && indicator != null) {
        faults.add(
            new Fault(pointer + "/indicator", dataset.code() + " has no dimension of indicators"));
        return null;
      } else if (indicator != null) {
        codes[indicators] = indicator.value();
      }
      for (Map.Entry<String, Code> one : source.dimensions().entrySet()) {
        int position = Code.parse(one.getKey()).map(dataset::position).orElse(-1);
        if (position < 0 || position == indicators) {
          faults.add(
              new Fault(
                  pointer + "/dimensions",
                  position < 0
                      ? "%s has no dimension %s".formatted(dataset.code(), one.getKey())
                      : "must not repeat the indicator"));
          return null;
        }
        codes[position] = one.getValue().value();
      }
      return codes;
    }

    private void check(String name, @Nullable ItemType<?> type, String pointer) {
      Property property = type == null ? null : type.shown(name).orElse(null);
      if (property == null) {
        faults.add(
            new Fault(
                pointer,
                "'%s' is no property of %s"
                    .formatted(name, main.dimensions().get(entity).values())));
      } else if (property.kind() == PropertyKind.IDENTIFIERS
          || property.kind() == PropertyKind.OWNERS) {
        faults.add(new Fault(pointer, name + " has several values"));
      } else if (definition.knownWhen() == KnownWhen.PUBLISHED) {
        faults.add(
            new Fault(
                pointer,
                "is for \"knownWhen\": \"RECORDED\": nobody says when %s was published"
                    .formatted(name)));
      }
    }
  }
}
