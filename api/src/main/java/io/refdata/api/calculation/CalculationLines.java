package io.refdata.api.calculation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.refdata.api.calculation.Chart.Column;
import io.refdata.api.calculation.Chart.Result;
import io.refdata.api.observation.Periods;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Crossings.Direction;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the answer to a calculation in the long form: frequency, function, time, value and the
 * status of the value. A function is named with its arguments, {@code envelope:20:5:upper}. A
 * crossing has the value 1 if it goes up, -1 if down.
 */
final class CalculationLines {
  private final Delivery delivery;
  private final List<Chart> charts;
  private final DecimalText numbers = new DecimalText();
  private final StringWriter out = new StringWriter();

  CalculationLines(Delivery delivery, List<Chart> charts) {
    this.delivery = delivery;
    this.charts = charts;
  }

  /** Writes one line. */
  private interface Lines {
    void write(String frequency, String function, String time, double value, String status)
        throws IOException;
  }

  Representation written() {
    try {
      if (delivery.format() == Format.CSV) {
        out.write(delivery.mark());
        out.write("frequency,function,time,value,status\n");
        write(this::csv);
      } else {
        try (JsonGenerator json = Json.FACTORY.createGenerator((Writer) out)) {
          json.setPrettyPrinter(null);
          json.setRootValueSeparator(new SerializedString("\n"));
          write(
              (frequency, function, time, value, status) -> {
                json.writeStartObject();
                json.writeStringField("frequency", frequency);
                json.writeStringField("function", function);
                json.writeStringField("time", time);
                json.writeFieldName("value");
                if (Double.isFinite(value)) {
                  numbers.write(value, json);
                } else {
                  json.writeNull();
                }
                json.writeStringField("status", status);
                json.writeEndObject();
              });
        }
        if (out.getBuffer().length() > 0) {
          out.write("\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Representation.part(
        out.toString().getBytes(StandardCharsets.UTF_8), delivery.format().type(), null);
  }

  private void csv(String frequency, String function, String time, double value, String status)
      throws IOException {
    out.write(frequency + "," + function + "," + time + ",");
    if (Double.isFinite(value)) {
      numbers.write(value, out);
    }
    out.write("," + status + "\n");
  }

  private void write(Lines lines) throws IOException {
    for (Chart chart : charts) {
      String frequency = chart.bars().frequency().name();
      Periods periods = Periods.of(chart.bars().frequency());
      for (Result result : chart.results()) {
        String label = result.function().label();
        String[] statuses = result.function().statuses(chart.bars());
        for (Column column : result.columns()) {
          String function = column.name().equals("value") ? label : label + ":" + column.name();
          for (int i = chart.first(); i < chart.end(); i++) {
            lines.write(
                frequency,
                function,
                periods.format(chart.micros(i)),
                column.values()[i - chart.first()],
                statuses[i]);
          }
        }
        for (Crossing crossing : result.crossings()) {
          lines.write(
              frequency,
              label,
              periods.format(chart.micros(crossing.bar())),
              crossing.direction() == Direction.UP ? 1 : -1,
              statuses[crossing.bar()]);
        }
      }
    }
  }
}
