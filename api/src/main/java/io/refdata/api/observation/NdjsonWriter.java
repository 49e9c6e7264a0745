package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes NDJSON: one JSON object for each observation. */
final class NdjsonWriter implements ObservationWriter {
  private final Dataset dataset;
  private final JsonGenerator json;
  private final DecimalText numbers = new DecimalText();
  private final boolean coverage;
  private final boolean missing;
  private List<String> without = List.of();
  private double share;
  private @Nullable Series series;

  NdjsonWriter(Dataset dataset, OutputStream out, MoreColumns more) throws IOException {
    this.coverage = more.coverage();
    this.missing = more.missing();
    this.dataset = dataset;
    this.json = Json.FACTORY.createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void series(Series next) {
    series = next;
  }

  @Override
  public void coverage(double next) {
    share = next;
  }

  @Override
  public void missing(List<String> members) {
    without = members;
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action)
      throws IOException {
    if (series == null) {
      throw new IllegalStateException("An observation without a series");
    }
    json.writeStartObject();
    json.writeStringField("key", series.key());
    SeriesJson.writeDimensions(dataset, series, json);
    json.writeStringField("time", time);
    writeNumber("value", value);
    json.writeStringField("status", status);
    if (action != null) {
      json.writeStringField("action", action);
    }
    if (coverage) {
      writeNumber("coverage", share);
    }
    if (missing) {
      json.writeFieldName("missing");
      SeriesJson.writeTexts(without, json);
    }
    json.writeEndObject();
  }

  private void writeNumber(String member, double number) throws IOException {
    json.writeFieldName(member);
    if (Double.isFinite(number)) {
      numbers.write(number, json);
    } else {
      json.writeNull();
    }
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    if (series != null) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
