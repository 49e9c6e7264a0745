package io.refdata.api.calculation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.calculation.CalculationQuery.Ohlc;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses the calculation in the body of a request. It collects all faults. */
final class CalculationBody {
  static final String KEY = "key";
  private static final String DATASET = "dataset";
  private static final String FREQUENCIES = "frequencies";
  private static final List<String> FORM = List.of(Format.NAME, "download", "bom");
  private static final List<Format> OFFERED = List.of(Format.JSON, Format.CSV, Format.NDJSON);

  private final List<Fault> faults = new ArrayList<>();
  private final Members body;
  private final HeldObservations observations;

  /** Whether it is kept, and worked out for all times: then it has no form either. */
  private final boolean stored;

  private CalculationBody(JsonNode body, HeldObservations observations, boolean stored) {
    this.body = Members.of(body, faults);
    this.observations = observations;
    this.stored = stored;
  }

  /**
   * @throws InvalidItem that names every invalid member
   */
  static CalculationQuery parse(JsonNode body, HeldObservations observations) {
    return new CalculationBody(body, observations, false).parse();
  }

  /**
   * The same of a calculation that is kept: on one frequency, and for all times.
   *
   * @throws InvalidItem that names every invalid member
   */
  static CalculationQuery parseStored(JsonNode body, HeldObservations observations) {
    return new CalculationBody(body, observations, true).parse();
  }

  private CalculationQuery parse() {
    List.of(DATASET, KEY, FREQUENCIES, FunctionMembers.NAME).forEach(body::require);
    Instant asOf = stored ? null : instant(AsOf.NAME);
    Instant knownAt = stored ? null : instant(AsOf.KNOWN_AT);
    Dataset dataset = body.reference(DATASET).flatMap(code -> dataset(code, asOf)).orElse(null);
    String key = body.text(KEY).orElse("");
    Members fields = body.object(KeyMembers.OHLC).orElse(null);
    Ohlc ohlc = fields == null || dataset == null ? null : KeyMembers.ohlc(fields, dataset);
    List<List<Code>> pattern =
        dataset == null ? List.of() : KeyMembers.pattern(body, dataset, ohlc);
    List<Frequency> frequencies = frequencies(dataset);
    if (stored && frequencies.size() > 1) {
      body.fault(FREQUENCIES, "must have one element here");
    }
    Instant from = stored ? null : period("from", Frequency::startOf);
    Instant before = stored ? null : period("to", Frequency::endOf);
    boolean withBars = !stored && body.flag("bars").orElse(false);
    List<BarFunction> functions = FunctionMembers.read(body);
    Delivery delivery = stored ? Delivery.in(Format.JSON) : delivery();
    body.end();
    if (dataset == null || !faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new CalculationQuery(
        dataset,
        key,
        pattern,
        ohlc,
        frequencies,
        functions,
        from,
        before,
        asOf,
        knownAt,
        withBars,
        delivery);
  }

  private Optional<Dataset> dataset(Code code, @Nullable Instant asOf) {
    Map<String, List<String>> given =
        asOf == null ? Map.of() : Map.of(AsOf.NAME, List.of(asOf.toString()));
    try {
      return Optional.of(observations.dataset(code, Parameters.of(given)));
    } catch (NoSuchItem e) {
      body.fault(DATASET, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<Frequency> frequencies(@Nullable Dataset dataset) {
    List<Frequency> frequencies = new ArrayList<>();
    List<String> names = body.texts(FREQUENCIES).orElse(null);
    if (names == null) {
      return frequencies;
    } else if (names.isEmpty()) {
      body.fault(FREQUENCIES, "must have at least one element");
    }
    Set<Frequency> seen = EnumSet.noneOf(Frequency.class);
    for (int i = 0; i < names.size() && i <= Frequency.values().length; i++) {
      String name = names.get(i);
      String pointer = FREQUENCIES + "/" + i;
      Optional<Frequency> frequency =
          Arrays.stream(Frequency.values()).filter(each -> each.name().equals(name)).findFirst();
      if (frequency.isEmpty()) {
        fault(pointer, "must be one of A, S, Q, M, W, D, H, N");
      } else if (!seen.add(frequency.get())) {
        fault(pointer, "is asked for twice");
      } else if (dataset != null && !Bars.canBe(dataset.frequency(), frequency.get())) {
        fault(
            pointer,
            "must be that of the observations, which are %s, or longer, from D on"
                .formatted(dataset.frequency().adjective()));
      }
      frequency.ifPresent(frequencies::add);
    }
    return frequencies;
  }

  private void fault(String pointer, String detail) {
    faults.add(new Fault("/" + pointer, detail));
  }

  private @Nullable Instant instant(String name) {
    Optional<String> text = body.text(name);
    Optional<Instant> instant = text.flatMap(AsOf::instant);
    if (text.isPresent() && instant.isEmpty()) {
      body.fault(name, AsOf.EXPECTATION);
    }
    return instant.orElse(null);
  }

  private @Nullable Instant period(String name, Function<String, Optional<Instant>> parse) {
    Optional<String> text = body.text(name);
    Optional<Instant> instant = text.flatMap(parse);
    if (text.isPresent() && instant.isEmpty()) {
      body.fault(name, "must be a period or an instant like 2020, 2020-03 or 2020-03-01");
    }
    return instant.orElse(null);
  }

  private Delivery delivery() {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    FORM.forEach(name -> body.any(name).ifPresent(value -> form.set(name, value)));
    Parameters parameters = Parameters.of(form);
    Delivery delivery = Delivery.of(parameters, OFFERED);
    try {
      parameters.end();
    } catch (Problem e) {
      e.errors().forEach(error -> faults.add(new Fault(error.where(), error.detail())));
    }
    return delivery;
  }
}
