package io.refdata.api.calculation;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.calculation.CalculationQuery.Ohlc;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.calculation.KeptBars.Recorded;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calculations that are kept as JSON, and worked out while nobody waits: on one frequency, and for
 * all times. A function has a code there, its label in letters that a code may have: {@code ma_20},
 * {@code envelope_20_2-5_upper}.
 */
@ApplicationScoped
public class StoredCalculations {
  @Inject private HeldObservations observations;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  StoredCalculations() {}

  /**
   * The description of the results of a calculation.
   *
   * @param source the dataset of its series
   * @param dimensions those of the source that its results have too
   * @param codes the codes of its results, of these dimensions
   * @param functions the codes of its functions
   */
  public record Description(
      Dataset source,
      Frequency frequency,
      List<Dimension> dimensions,
      List<Code> codes,
      List<Code> functions) {}

  /**
   * A result.
   *
   * @param function the code of the function
   * @param time the start of the period
   */
  public record Value(Code function, Instant time, double value, String status) {}

  /**
   * The description of the results of a calculation.
   *
   * @throws io.refdata.domain.item.fault.InvalidItem that names every invalid member
   */
  public Description describe(JsonNode calculation) {
    CalculationQuery query = CalculationBody.parseStored(calculation, observations);
    Ohlc ohlc = query.ohlc();
    List<Dimension> dimensions = new ArrayList<>(query.dataset().dimensions());
    List<Code> codes = new ArrayList<>();
    query.pattern().forEach(each -> codes.add(each.get(0)));
    if (ohlc != null) {
      dimensions.remove(ohlc.position());
      codes.remove(ohlc.position());
    }
    return new Description(
        query.dataset(),
        query.frequencies().get(0),
        dimensions,
        codes,
        query.functions().stream().flatMap(StoredCalculations::codes).toList());
  }

  private static Stream<Code> codes(BarFunction function) {
    Code code = code(function.label());
    return function instanceof Envelope
        ? Stream.of(code, code(function.label() + ":upper"), code(function.label() + ":lower"))
        : Stream.of(code);
  }

  static Code code(String label) {
    return new Code(label.replace(':', '_').replace('.', '-'));
  }

  /**
   * The functions and the bars of a calculation, read once.
   *
   * @param functions each once
   */
  public record Read(List<BarFunction> functions, Bars bars) {
    /**
     * The results. A crossing has the value 1 if it goes up, -1 if down.
     *
     * @param keptFrom where what retention has left of the source begins; null if all is there
     * @param recorded what was recorded of a function, by the starts of the periods
     * @throws UnansweredQuestion if they are more than may be held
     */
    public StoredResults results(
        @Nullable Instant keptFrom, Function<Code, NavigableMap<Instant, Recorded>> recorded) {
      return new StoredResults(functions, bars, keptFrom, recorded);
    }
  }

  /** Reads what a calculation is worked out from. */
  public Read read(JsonNode calculation) {
    CalculationQuery query = CalculationBody.parseStored(calculation, observations);
    Held held = observations.read(List.of(query.asked()), query.given()).get(0);
    Bars bars = new SourceBars(query, held).bars().of(query.frequencies().get(0));
    return new Read(query.functions(), bars);
  }
}
