package io.refdata.api.calculation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.calculation.Chart.Column;
import io.refdata.api.calculation.Chart.Result;
import io.refdata.api.observation.Periods;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.calculation.Crossings;
import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.calculation.Line;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a calculation: in JSON by columns, else a line for each value. */
final class CalculationAnswer {
  private final CalculationQuery query;
  private final @Nullable String unit;
  private final List<Chart> charts;
  private final DecimalText numbers = new DecimalText();

  /**
   * @param unit the code of the unit of the values; null if they have none
   */
  CalculationAnswer(CalculationQuery query, @Nullable String unit, List<Chart> charts) {
    this.query = query;
    this.unit = unit;
    this.charts = charts;
  }

  Representation written() {
    return query.delivery().format() == Format.JSON
        ? Representation.of(this::write)
        : new CalculationLines(query.delivery(), charts).written();
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("dataset", query.dataset().code().value());
    json.writeStringField("key", query.key());
    json.writeStringField("unit", unit);
    json.writeArrayFieldStart("frequencies");
    for (Chart chart : charts) {
      write(chart, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Chart chart, JsonGenerator json) throws IOException {
    Bars bars = chart.bars();
    Periods periods = Periods.of(bars.frequency());
    json.writeStartObject();
    json.writeStringField("frequency", bars.frequency().name());
    json.writeArrayFieldStart("time");
    for (int i = chart.first(); i < chart.end(); i++) {
      json.writeString(periods.format(chart.micros(i)));
    }
    json.writeEndArray();
    if (query.withBars()) {
      column("open", chart, bars::open, json);
      column("high", chart, bars::high, json);
      column("low", chart, bars::low, json);
      column("close", chart, bars::close, json);
    }
    json.writeArrayFieldStart("status");
    for (int i = chart.first(); i < chart.end(); i++) {
      json.writeString(bars.status(i));
    }
    json.writeEndArray();
    if (bars.frequency() != query.dataset().frequency()) {
      column("coverage", chart, bars::coverage, json);
    }
    json.writeArrayFieldStart("functions");
    for (Result result : chart.results()) {
      json.writeStartObject();
      head(result.function(), json);
      if (result.function() instanceof Crossings) {
        crossings(chart, result, periods, json);
      }
      for (Column column : result.columns()) {
        column(column.name(), chart, i -> column.values()[i - chart.first()], json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The name and the arguments, as they are asked for. */
  private static void head(BarFunction function, JsonGenerator json) throws IOException {
    json.writeStringField("name", function.name().toString());
    if (function instanceof Line line) {
      if (line.name().takesBars()) {
        json.writeNumberField("n", line.bars());
      }
    } else if (function instanceof Envelope envelope) {
      json.writeNumberField("n", envelope.bars());
      json.writeNumberField("percent", envelope.percent());
    } else if (function instanceof Crossings crossings) {
      head("fast", crossings.fast(), json);
      head("slow", crossings.slow(), json);
    }
  }

  private static void head(String member, Line line, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(member);
    head(line, json);
    json.writeEndObject();
  }

  private static void crossings(Chart chart, Result result, Periods periods, JsonGenerator json)
      throws IOException {
    List<Crossing> crossings = result.crossings();
    json.writeArrayFieldStart("time");
    for (Crossing crossing : crossings) {
      json.writeString(periods.format(chart.micros(crossing.bar())));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("direction");
    for (Crossing crossing : crossings) {
      json.writeString(crossing.direction().name());
    }
    json.writeEndArray();
  }

  private void column(String name, Chart chart, IntToDoubleFunction value, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = chart.first(); i < chart.end(); i++) {
      double number = value.applyAsDouble(i);
      if (Double.isFinite(number)) {
        numbers.write(number, json);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
