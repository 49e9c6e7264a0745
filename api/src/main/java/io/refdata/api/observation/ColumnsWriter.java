package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes columnar JSON: arrays of times, values and statuses for each series. */
final class ColumnsWriter implements ObservationWriter {
  private static final int MOST = ObservationQuery.MAX_LIMIT;

  /** Quotes and a comma. */
  private static final int AROUND_NAME = 3;

  private final Dataset dataset;
  private final OutputStream out;
  private final JsonGenerator json;
  private final JsonColumn times = new JsonColumn();
  private final JsonColumn values = new JsonColumn();
  private final JsonColumn statuses = new JsonColumn();

  /** Null if they are not asked for. */
  private final @Nullable JsonColumn actions;

  /** Null if they are not asked for. */
  private final @Nullable JsonColumn coverages;

  private final boolean missing;
  private final List<List<String>> without = new ArrayList<>();
  private final DecimalText numbers = new DecimalText();

  /** The observations of the series so far. */
  private int count;

  /** The bytes that the names of {@link #without} take in JSON. */
  private long names;

  private boolean inSeries;

  ColumnsWriter(Dataset dataset, OutputStream out, MoreColumns more) throws IOException {
    this.actions = more.action() ? new JsonColumn() : null;
    this.coverages = more.coverage() ? new JsonColumn() : null;
    this.missing = more.missing();
    this.dataset = dataset;
    this.out = out;
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
  public void coverage(double share) {
    if (coverages != null) {
      coverages.add(share, numbers);
    }
  }

  @Override
  public void missing(List<String> members) {
    members.forEach(member -> names += member.length() + AROUND_NAME);
    PartBytes.requireRoom(names);
    without.add(members);
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action) {
    if (count == MOST) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "In JSON a series has at most %,d observations; ask for another format.".formatted(MOST));
    }
    count++;
    times.add(time);
    values.add(value, numbers);
    statuses.add(status);
    if (actions != null && action != null) {
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
    times.write("time", json, out);
    values.write("value", json, out);
    statuses.write("status", json, out);
    if (actions != null) {
      actions.write("action", json, out);
    }
    if (coverages != null) {
      coverages.write("coverage", json, out);
    }
    if (missing) {
      json.writeArrayFieldStart("missing");
      for (List<String> members : without) {
        SeriesJson.writeTexts(members, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    count = 0;
    without.clear();
    names = 0;
  }
}
