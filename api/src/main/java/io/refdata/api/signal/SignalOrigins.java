package io.refdata.api.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.calculation.StoredCalculations;
import io.refdata.api.calculation.StoredCalculations.Description;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.ResolvedSource;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.FeatureData;
import io.refdata.persistence.feature.FeatureReading;
import io.refdata.persistence.feature.Opened;
import io.refdata.persistence.feature.OpenedSet;
import io.refdata.persistence.feature.OpenedSets;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.signal.Signal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes and reads what gives the results of signals: calculations, and feature sets. */
@ApplicationScoped
class SignalOrigins {
  static final String FEATURE_SET = "featureSet";
  private static final int REFERENCE_DATA = 0;

  @Inject private StoredCalculations calculations;
  @Inject private OpenedSets sets;
  @Inject private FeatureReading reading;

  /** Reads what gives the results of a signal now. */
  SignalOrigin read(Signal signal) {
    if (signal.origin() instanceof Signal.FeatureSet origin) {
      return read(open(origin.code(), origin.number()));
    }
    JsonNode calculation = json(((Signal.Calculation) signal.origin()).json());
    return new CalculatedSignal(form(calculation), calculations.read(calculation));
  }

  /** The form of the results of a signal. */
  SignalForm form(Signal signal) {
    return signal.origin() instanceof Signal.FeatureSet origin
        ? form(open(origin.code(), origin.number()))
        : form(json(((Signal.Calculation) signal.origin()).json()));
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The form of the results of a calculation.
   *
   * @throws io.refdata.domain.item.fault.InvalidItem that names every invalid member
   */
  SignalForm form(JsonNode calculation) {
    Description description = calculations.describe(calculation);
    Dataset source = description.source();
    int id = Objects.requireNonNull(source.id());
    // The code of a function says all of it.
    ObjectNode bars = calculation.deepCopy();
    bars.remove("functions");
    return new SignalForm(
        id,
        List.of(id),
        description.frequency(),
        description.dimensions(),
        description.codes().stream().map(List::of).toList(),
        description.functions(),
        Collections.nCopies(description.functions().size(), bars));
  }

  /**
   * Opens a version of a feature set, which stays as it is from then on.
   *
   * @param number null for the newest
   * @throws UnansweredQuestion if its rows have no period
   */
  OpenedSet open(Code code, @Nullable Integer number) {
    Opened opened = sets.open(code, number, null).orElseThrow();
    if (opened instanceof OpenedSet set) {
      return set;
    }
    throw new UnansweredQuestion(
        FEATURE_SET, "is of the kind GEO_ENRICHMENT: its rows have no period");
  }

  private FeatureSignal read(OpenedSet set) {
    SignalForm form = form(set);
    FeatureData data = reading.read(set, new Cutoffs.Newest());
    List<FeatureRow> rows =
        data.cutoffs().stream()
            .flatMap(
                cutoff -> data.rows().at(cutoff, set.plan().definition().scale()).rows().stream())
            .toList();
    return new FeatureSignal(form, set.plan(), rows);
  }

  /**
   * The form of the numbers of a feature set.
   *
   * @throws UnansweredQuestion if there is none, or its name can't be a code
   */
  static SignalForm form(OpenedSet set) {
    FeaturePlan plan = set.plan();
    List<Feature> features = plan.definition().features();
    List<Code> results = new ArrayList<>();
    List<Object> origins = new ArrayList<>();
    for (int position : plan.numbers()) {
      Feature feature = features.get(position);
      Code code =
          Code.parse(feature.name().replace('.', '-'))
              .filter(one -> !results.contains(one))
              .orElseThrow(
                  () ->
                      new UnansweredQuestion(
                          FEATURE_SET,
                          "has a feature whose name is no code of its own: " + feature.name()));
      results.add(code);
      origins.add(origin(plan, position));
    }
    if (results.isEmpty()) {
      throw new UnansweredQuestion(FEATURE_SET, "has no feature that is a number");
    }
    List<Integer> topics =
        new ArrayList<>(plan.datasets().stream().map(FeatureDataset::id).toList());
    if (plan.numbers().stream().anyMatch(i -> features.get(i) instanceof Feature.OfEntity)) {
      topics.add(REFERENCE_DATA);
    }
    return new SignalForm(
        plan.main().id(),
        List.copyOf(topics),
        plan.main().frequency(),
        plan.unit(),
        plan.unit().stream().map(dimension -> List.<Code>of()).toList(),
        List.copyOf(results),
        List.copyOf(origins));
  }

  /** The origin of a number of a feature set, whatever else the set has. */
  private static Object origin(FeaturePlan plan, int position) {
    FeatureSetDefinition definition = plan.definition();
    int of = plan.ofFeature().get(position);
    ResolvedSource source = of < 0 ? null : plan.sources().get(of);
    return List.of(
        plan.main().id(),
        plan.entity(),
        definition.features().get(position),
        definition.knownWhen(),
        definition.scale(),
        source == null ? List.of() : source.codes(),
        source == null ? plan.main().id() : plan.datasets().get(source.dataset()).id());
  }
}
