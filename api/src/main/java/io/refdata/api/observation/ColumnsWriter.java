package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes columnar JSON: arrays of times, values and statuses for each series. */
final class ColumnsWriter implements ObservationWriter {
  private static final int FIRST_VALUES = 512;

  private final Dataset dataset;
  private final JsonGenerator json;
  private final List<String> times = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private final List<String> actions = new ArrayList<>();
  private final boolean changes;
  private final DecimalText numbers = new DecimalText();
  private double[] values = new double[FIRST_VALUES];
  private int count;
  private boolean inSeries;

  ColumnsWriter(Dataset dataset, OutputStream out, boolean changes) throws IOException {
    this.changes = changes;
    this.dataset = dataset;
    this.json = Json.FACTORY.createGenerator(out);
    json.writeStartObject();
    json.writeArrayFieldStart("series");
  }

  @Override
  public void series(Series series) throws IOException {
    endSeries();
    inSeries = true;
    json.writeStartObject();
    json.writeStringField("key", series.key());
    SeriesJson.writeDimensions(dataset, series, json);
    json.writeStringField("unit", series.unit());
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action) {
    times.add(time);
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
    statuses.add(status);
    if (action != null) {
      actions.add(action);
    }
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    endSeries();
    json.writeEndArray();
    json.writeStringField("next", next);
    json.writeEndObject();
    json.close();
  }

  private void endSeries() throws IOException {
    if (!inSeries) {
      return;
    }
    writeTexts("time", times);
    json.writeArrayFieldStart("value");
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        numbers.write(values[i], json);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
    writeTexts("status", statuses);
    if (changes) {
      writeTexts("action", actions);
    }
    json.writeEndObject();
    times.clear();
    count = 0;
    statuses.clear();
    actions.clear();
  }

  private void writeTexts(String member, List<String> column) throws IOException {
    json.writeArrayFieldStart(member);
    for (String text : column) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
