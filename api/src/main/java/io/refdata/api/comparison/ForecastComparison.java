package io.refdata.api.comparison;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.comparison.ForecastErrors;
import io.refdata.domain.comparison.ForecastErrors.Errors;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.derivation.HeldColumn;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The errors of the forecasts of several origins by horizon, against what came. */
final class ForecastComparison {
  private final ForecastErrors errors = new ForecastErrors();
  private final Frequency frequency;
  private final DecimalText numbers = new DecimalText();

  /**
   * @param origin the position of the dimension whose codes are the periods in which the forecasts
   *     were made
   * @throws UnansweredQuestion if a code is no period of the frequency
   */
  ForecastComparison(
      List<HeldColumn> forecasts, int origin, HeldColumn actual, Frequency frequency) {
    this.frequency = frequency;
    for (HeldColumn forecast : forecasts) {
      long made = origin(forecast.series().dimensions().get(origin));
      for (int i = 0; i < forecast.size(); i++) {
        int at = actual.at(forecast.micros(i));
        if (at >= 0) {
          errors.add(made, number(forecast.micros(i)), forecast.value(i), actual.value(at));
        }
      }
    }
  }

  private long origin(String code) {
    Optional<Instant> start = frequency.parse(code);
    return frequency.number(
        start.orElseThrow(
            () ->
                new UnansweredQuestion(
                    "forecast",
                    "has the origin %s, which is no period of %s data"
                        .formatted(code, frequency.adjective()))));
  }

  private long number(long micros) {
    return frequency.number(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** Writes the member {@code horizons}. */
  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("horizons");
    for (Errors one : errors.byHorizon()) {
      json.writeStartObject();
      json.writeNumberField("horizon", one.horizon());
      json.writeNumberField("n", one.count());
      json.writeFieldName("bias");
      Numbers.write(one.bias(), numbers, json);
      json.writeFieldName("mae");
      Numbers.write(one.meanAbsolute(), numbers, json);
      json.writeFieldName("mape");
      Numbers.write(one.meanPercent(), numbers, json);
      json.writeNumberField("zeros", one.zeros());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes a line for each horizon. */
  void write(Writer out) throws IOException {
    out.write("horizon,n,bias,mae,mape,zeros\n");
    for (Errors one : errors.byHorizon()) {
      out.write(one.horizon() + "," + one.count() + ",");
      Numbers.write(one.bias(), numbers, out);
      out.write(',');
      Numbers.write(one.meanAbsolute(), numbers, out);
      out.write(',');
      Numbers.write(one.meanPercent(), numbers, out);
      out.write("," + one.zeros() + "\n");
    }
  }
}
