package io.refdata.api.comparison;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.observation.Periods;
import io.refdata.api.response.Csv;
import io.refdata.domain.comparison.Difference;
import io.refdata.persistence.derivation.HeldColumn;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * The values of several series by period, and how far each is from the first, the base. A period
 * counts if any of them has an observation.
 */
final class SeriesComparison {
  private final List<ComparedSeries> series;
  private final Periods periods;
  private final long[] times;
  private final DecimalText numbers = new DecimalText();

  /**
   * @param series the base first; all of one frequency
   */
  SeriesComparison(List<ComparedSeries> series, Periods periods) {
    this.series = series;
    this.periods = periods;
    this.times =
        series.stream().flatMapToLong(one -> one.column().times()).sorted().distinct().toArray();
  }

  /**
   * A series.
   *
   * @param dataset the code of its dataset
   */
  record ComparedSeries(String dataset, HeldColumn column) {
    private double value(long time) {
      int at = column.at(time);
      return at < 0 ? Double.NaN : column.value(at);
    }

    private String status(long time) {
      int at = column.at(time);
      return at < 0 ? "" : column.status(at);
    }
  }

  private Difference difference(ComparedSeries one, long time) {
    return Difference.of(series.get(0).value(time), one.value(time));
  }

  /** Writes columns: the periods, and the values of each series in their order. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("time");
    for (long time : times) {
      json.writeString(periods.format(time));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    for (int i = 0; i < series.size(); i++) {
      ComparedSeries one = series.get(i);
      json.writeStartObject();
      json.writeStringField("dataset", one.dataset());
      json.writeStringField("key", one.column().series().key());
      json.writeStringField("unit", one.column().series().unit());
      write("value", json, time -> one.value(time));
      json.writeArrayFieldStart("status");
      for (long time : times) {
        String status = one.status(time);
        json.writeString(status.isEmpty() ? null : status);
      }
      json.writeEndArray();
      if (i > 0) {
        write("difference", json, time -> difference(one, time).absolute());
        write("percent", json, time -> difference(one, time).percent());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(String member, JsonGenerator json, LongToDoubleFunction number)
      throws IOException {
    json.writeArrayFieldStart(member);
    for (long time : times) {
      Numbers.write(number.applyAsDouble(time), numbers, json);
    }
    json.writeEndArray();
  }

  /** Writes a line for each period and series that has an observation of it. */
  void write(Writer out) throws IOException {
    out.write("time,dataset,key,value,status,difference,percent\n");
    for (long time : times) {
      for (int i = 0; i < series.size(); i++) {
        ComparedSeries one = series.get(i);
        if (one.column().at(time) < 0) {
          continue;
        }
        out.write(periods.format(time));
        out.write(',' + Csv.field(one.dataset()) + ',' + Csv.field(one.column().series().key()));
        out.write(',');
        Numbers.write(one.value(time), numbers, out);
        out.write(',' + one.status(time) + ',');
        if (i == 0) {
          out.write(',');
        } else {
          Difference difference = difference(one, time);
          Numbers.write(difference.absolute(), numbers, out);
          out.write(',');
          Numbers.write(difference.percent(), numbers, out);
        }
        out.write('\n');
      }
    }
  }
}
