package io.refdata.api.feature;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.feature.RowsFormat.Line;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureRows.AtCutoff;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Scale;
import io.refdata.persistence.feature.OpenedSet;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of a feature set in one of the formats. JSON has a member for those that are missing
 * at a cutoff; a table has a row for each of them, without a period, so that nobody overlooks it.
 */
final class RowsFile {
  private static final String KNOWN_WHEN = "knownWhen";

  private final OpenedSet set;
  private final Scale scale;
  private final List<AtCutoff> cutoffs;
  private final RowColumns columns;
  private final DecimalText numbers = new DecimalText();

  RowsFile(OpenedSet set, Scale scale, List<AtCutoff> cutoffs) {
    this.set = set;
    this.scale = scale;
    this.cutoffs = cutoffs;
    this.columns = new RowColumns(set.plan(), scale);
  }

  byte[] write(Delivery delivery) throws IOException {
    boolean table = delivery.format() != Format.JSON;
    RowsFormat format = new RowsFormat(columns.all(), line -> eachRow(line, table));
    return format.write(delivery, json -> writeMembers(format, json), about());
  }

  private void eachRow(Line line, boolean withMissing) throws IOException {
    for (AtCutoff at : cutoffs) {
      String instant = at.cutoff().at().toString();
      for (FeatureRow row : at.rows()) {
        line.write(columns.cells(row, instant));
      }
      for (String unit : withMissing ? at.missing() : List.<String>of()) {
        line.write(columns.missing(unit, instant));
      }
    }
  }

  private void writeMembers(RowsFormat format, JsonGenerator json) throws IOException {
    json.writeStringField("code", set.code().value());
    json.writeStringField("name", set.name());
    json.writeNumberField("version", set.number());
    json.writeStringField("kind", set.plan().definition().kind().name());
    if (isByPublication()) {
      json.writeStringField(KNOWN_WHEN, KnownWhen.PUBLISHED.name());
    }
    if (scale != Scale.NONE) {
      json.writeStringField("scale", scale.toString());
    }
    format.items(json);
    json.writeArrayFieldStart("missing");
    for (AtCutoff at : cutoffs) {
      if (!at.missing().isEmpty()) {
        writeMissing(at, json);
      }
    }
    json.writeEndArray();
    if (scale != Scale.NONE) {
      writeScaling(json);
    }
  }

  private boolean isByPublication() {
    return set.plan().definition().knownWhen() == KnownWhen.PUBLISHED;
  }

  private static void writeMissing(AtCutoff at, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("cutoff", at.cutoff().at().toString());
    json.writeArrayFieldStart("unique_id");
    for (String unit : at.missing()) {
      json.writeString(unit);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeScaling(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("scaling");
    for (AtCutoff at : cutoffs) {
      json.writeStartObject();
      json.writeStringField("cutoff", at.cutoff().at().toString());
      json.writeFieldName("features");
      writeParameters(at, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeParameters(AtCutoff at, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < at.scaled().size(); i++) {
      Scale.Parameters parameters = at.scaled().get(i);
      if (parameters != null) {
        json.writeObjectFieldStart(set.plan().definition().features().get(i).name());
        json.writeFieldName("center");
        numbers.write(parameters.center(), json);
        json.writeFieldName("width");
        numbers.write(parameters.width(), json);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  /** The missing units and the parameters of the scaling stand there by cutoff. */
  private Map<String, String> about() throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("featureSet", set.code().value());
    about.put("version", Integer.toString(set.number()));
    about.put("dataset", set.plan().main().code().value());
    if (set.asOf() != null) {
      about.put("asOf", set.asOf().toString());
    }
    if (isByPublication()) {
      about.put(KNOWN_WHEN, KnownWhen.PUBLISHED.name());
    }
    if (scale != Scale.NONE) {
      about.put("scale", scale.toString());
    }
    for (AtCutoff at : cutoffs) {
      if (!at.missing().isEmpty()) {
        about.put("missing " + at.cutoff().at(), String.join(" ", at.missing()));
      }
      if (scale != Scale.NONE) {
        StringWriter parameters = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(parameters)) {
          writeParameters(at, json);
        }
        about.put("scaling " + at.cutoff().at(), parameters.toString());
      }
    }
    return about;
  }
}
