package io.refdata.api.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.FeatureSetOutdated;
import io.refdata.persistence.feature.OpenedSet;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.signal.Signal;
import io.refdata.persistence.signal.Signals.Definition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses a signal. It collects all faults. */
@ApplicationScoped
class SignalBody {
  private static final String NAME = "name";
  private static final String CALCULATION = "calculation";
  private static final String FEATURE_SET = SignalOrigins.FEATURE_SET;
  private static final String CODE = "code";
  private static final String INTO = "into";
  private static final String DATASETS = "datasets/";
  private static final int MAX_NAME = 1000;

  @Inject private SignalOrigins origins;
  @Inject private HeldObservations observations;
  @Inject private ResultOwners owners;

  /**
   * The definition of a signal.
   *
   * @param checked the signals that it was checked against
   */
  record Parsed(Definition definition, List<Signal> checked) {}

  /**
   * @throws InvalidItem that names every invalid member; also if a result would have two signals,
   *     or none any more
   */
  Parsed parse(Code code, JsonNode given) {
    List<Fault> faults = new ArrayList<>();
    Members body = Members.of(given, faults);
    if (body.any(CODE).filter(text -> !text.asText().equals(code.value())).isPresent()) {
      body.fault(CODE, "differs from the code in the URL, and a code never changes");
    }
    // The members that the answers have besides; clients that change what they read send them back.
    List.of("writtenAt", "by").forEach(body::any);
    List.of(NAME, INTO).forEach(body::require);
    String name = body.filledText(NAME).orElse("");
    if (name.length() > MAX_NAME) {
      body.fault(NAME, "must not be longer than " + MAX_NAME + " characters");
    }
    Given origin = origin(given, body, faults);
    Optional<Dataset> target = body.text(INTO).flatMap(into -> target(into, body));
    if (origin != null && target.isPresent()) {
      origin.form().misfit(target.get()).ifPresent(fault -> body.fault(INTO, fault));
    }
    body.end();
    if (origin == null || target.isEmpty() || !faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    String by = origin.origin() instanceof Signal.FeatureSet ? FEATURE_SET : CALCULATION;
    List<Signal> checked = owners.check(code, origin.form(), target.get(), by);
    return new Parsed(
        new Definition(
            name,
            origin.form().source(),
            origin.form().topics(),
            Objects.requireNonNull(target.get().id()),
            origin.origin()),
        checked);
  }

  /** The origin of the results, and their form. */
  private record Given(Signal.Origin origin, SignalForm form) {}

  /** Null if it is at fault. */
  private @Nullable Given origin(JsonNode given, Members body, List<Fault> faults) {
    Optional<Members> calculation = body.object(CALCULATION);
    Optional<Members> set = body.object(FEATURE_SET);
    boolean both = body.any(CALCULATION).isPresent() && body.any(FEATURE_SET).isPresent();
    if (both) {
      body.fault(FEATURE_SET, "must not be there together with calculation");
      return null;
    } else if (body.any(FEATURE_SET).isPresent()) {
      return set.map(this::featureSet).orElse(null);
    }
    body.require(CALCULATION);
    return calculation.isEmpty() ? null : calculation(given.get(CALCULATION), faults);
  }

  private @Nullable Given calculation(JsonNode calculation, List<Fault> faults) {
    try {
      return new Given(new Signal.Calculation(calculation.toString()), origins.form(calculation));
    } catch (InvalidItem e) {
      e.faults()
          .forEach(
              fault -> faults.add(new Fault("/" + CALCULATION + fault.pointer(), fault.detail())));
      return null;
    }
  }

  private @Nullable Given featureSet(Members members) {
    members.require(CODE);
    Optional<Code> code = members.reference(CODE);
    Optional<Integer> number = members.wholeNumber("version", 1, Integer.MAX_VALUE);
    boolean whole = members.any("version").isEmpty() || number.isPresent();
    members.end();
    if (code.isEmpty() || !whole) {
      return null;
    }
    try {
      OpenedSet set = origins.open(code.get(), number.orElse(null));
      return new Given(new Signal.FeatureSet(set.code(), set.number()), SignalOrigins.form(set));
    } catch (NoSuchItem | FeatureSetOutdated | UnansweredQuestion e) {
      members.fault(CODE, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Optional<Dataset> target(String into, Members body) {
    Optional<Code> code =
        into.startsWith(DATASETS)
            ? Code.parse(into.substring(DATASETS.length()))
            : Optional.empty();
    if (code.isEmpty()) {
      body.fault(INTO, "must be datasets/ and the code of a dataset");
      return Optional.empty();
    }
    try {
      return Optional.of(observations.dataset(code.get(), Parameters.of(Map.of())));
    } catch (NoSuchItem e) {
      body.fault(INTO, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
