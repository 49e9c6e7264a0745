package io.refdata.api.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.calculation.StoredCalculations;
import io.refdata.api.calculation.StoredCalculations.Description;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
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
  private static final String INTO = "into";
  private static final String DATASETS = "datasets/";
  private static final String CODE_LISTS = "code-lists/";
  private static final int MAX_NAME = 1000;

  @Inject private StoredCalculations calculations;
  @Inject private HeldObservations observations;

  /**
   * @throws InvalidItem that names every invalid member
   */
  Definition parse(Code code, JsonNode given) {
    List<Fault> faults = new ArrayList<>();
    Members body = Members.of(given, faults);
    if (body.any("code").filter(text -> !text.asText().equals(code.value())).isPresent()) {
      body.fault("code", "differs from the code in the URL, and a code never changes");
    }
    // What the answers have besides; it is given back by who changes what was read.
    List.of("writtenAt", "by").forEach(body::any);
    List.of(NAME, CALCULATION, INTO).forEach(body::require);
    String name = body.filledText(NAME).orElse("");
    if (name.length() > MAX_NAME) {
      body.fault(NAME, "must not be longer than " + MAX_NAME + " characters");
    }
    Description description =
        body.object(CALCULATION).isEmpty() ? null : describe(given.get(CALCULATION), faults);
    Optional<Dataset> target = body.text(INTO).flatMap(into -> target(into, body));
    if (description != null && target.isPresent()) {
      misfit(target.get(), description).ifPresent(fault -> body.fault(INTO, fault));
    }
    body.end();
    if (description == null || target.isEmpty() || !faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new Definition(
        name,
        Objects.requireNonNull(description.source().id()),
        Objects.requireNonNull(target.get().id()),
        given.get(CALCULATION).toString());
  }

  private @Nullable Description describe(JsonNode calculation, List<Fault> faults) {
    try {
      return calculations.describe(calculation);
    } catch (InvalidItem e) {
      e.faults()
          .forEach(
              fault -> faults.add(new Fault("/" + CALCULATION + fault.pointer(), fault.detail())));
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

  /** Why the results of a calculation cannot be written to a dataset; empty if they can. */
  static Optional<String> misfit(Dataset target, Description of) {
    int dimensions = of.dimensions().size();
    if (target.frequency() != of.frequency()) {
      return Optional.of(
          "must be %s data, as the results are".formatted(of.frequency().adjective()));
    }
    boolean same =
        target.dimensions().size() == dimensions + 1
            && target.dimensions().subList(0, dimensions).equals(of.dimensions())
            && target.dimensions().get(dimensions).values().startsWith(CODE_LISTS);
    return same
        ? Optional.empty()
        : Optional.of(
            "must have the dimensions of the series, and behind them one for the functions, whose"
                + " values are a code list");
  }
}
