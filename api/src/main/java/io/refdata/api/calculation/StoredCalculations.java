package io.refdata.api.calculation;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.calculation.CalculationQuery.Ohlc;
import io.refdata.api.calculation.Chart.Column;
import io.refdata.api.calculation.Chart.Result;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.calculation.Crossings;
import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Crossings.Direction;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calculations that are kept as JSON, and worked out while nobody waits: on one frequency, and for
 * all times. A function has a code there, its label in letters that a code may have: {@code ma_20},
 * {@code envelope_20_2-5_upper}.
 */
@ApplicationScoped
public class StoredCalculations {
  private static final long MOST = Setting.SIGNALS_VALUES.number();

  @Inject private HeldObservations observations;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  StoredCalculations() {}

  /**
   * What a calculation gives.
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
   * What a calculation gives.
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

  private static Code code(String label) {
    return new Code(label.replace(':', '_').replace('.', '-'));
  }

  /**
   * The results of a calculation now. A crossing has the value 1 if it goes up, -1 if down.
   *
   * @throws UnansweredQuestion if they are more than may be held
   */
  public List<Value> values(JsonNode calculation) {
    CalculationQuery query = CalculationBody.parseStored(calculation, observations);
    Held held = observations.read(List.of(query.asked()), query.given()).get(0);
    Bars bars = new SourceBars(query, held).bars().of(query.frequencies().get(0));
    List<Value> values = new ArrayList<>();
    for (BarFunction function : query.functions()) {
      Result result = Result.of(function, bars);
      String[] statuses = function.statuses(bars);
      for (Column column : result.columns()) {
        add(column, function, bars, statuses, values);
      }
      if (function instanceof Crossings) {
        for (Crossing crossing : result.crossings()) {
          values.add(
              value(
                  code(function.label()),
                  bars,
                  crossing.bar(),
                  statuses[crossing.bar()],
                  crossing.direction() == Direction.UP ? 1 : -1));
        }
      }
      if (values.size() > MOST) {
        throw new UnansweredQuestion("calculation", "gives more than %,d values".formatted(MOST));
      }
    }
    return values;
  }

  private static void add(
      Column column, BarFunction function, Bars bars, String[] statuses, List<Value> values) {
    String label = function.label();
    Code code = code(column.name().equals("value") ? label : label + ":" + column.name());
    for (int i = 0; i < bars.size(); i++) {
      if (Double.isFinite(column.values()[i])) {
        values.add(value(code, bars, i, statuses[i], column.values()[i]));
      }
    }
  }

  private static Value value(Code function, Bars bars, int bar, String status, double value) {
    return new Value(function, bars.start(bar), value, status);
  }
}
