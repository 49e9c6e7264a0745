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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes columnar JSON: arrays of times, values and statuses for each series. */
final class ColumnsWriter implements ObservationWriter {
  private static final int MOST = ObservationQuery.MAX_LIMIT;
  private static final int FIRST_VALUES = 512;

  /** Quotes and a comma. */
  private static final int AROUND_NAME = 3;

  private final Dataset dataset;
  private final JsonGenerator json;
  private final List<String> times = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private final List<String> actions = new ArrayList<>();
  private final boolean changes;
  private final boolean missing;
  private final List<List<String>> without = new ArrayList<>();
  private final DecimalText numbers = new DecimalText();
  private double[] values = new double[FIRST_VALUES];

  /** As many as values; null if they are not asked for. */
  private double @Nullable [] coverages;

  private int count;

  /** The bytes that the names of {@link #without} take in JSON. */
  private long names;

  private boolean inSeries;

  ColumnsWriter(Dataset dataset, OutputStream out, MoreColumns more) throws IOException {
    this.changes = more.action();
    this.coverages = more.coverage() ? new double[FIRST_VALUES] : null;
    this.missing = more.missing();
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
  public void coverage(double share) {
    if (coverages != null) {
      if (count == coverages.length) {
        coverages = Arrays.copyOf(coverages, 2 * count);
      }
      coverages[count] = share;
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
    writeNumbers("value", values);
    writeTexts("status", statuses);
    if (changes) {
      writeTexts("action", actions);
    }
    if (coverages != null) {
      writeNumbers("coverage", coverages);
    }
    if (missing) {
      json.writeArrayFieldStart("missing");
      for (List<String> members : without) {
        SeriesJson.writeTexts(members, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    times.clear();
    count = 0;
    statuses.clear();
    actions.clear();
    without.clear();
    names = 0;
  }

  private void writeNumbers(String member, double[] column) throws IOException {
    json.writeArrayFieldStart(member);
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(column[i])) {
        numbers.write(column[i], json);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  private void writeTexts(String member, List<String> column) throws IOException {
    json.writeFieldName(member);
    SeriesJson.writeTexts(column, json);
  }
}
