package io.refdata.api.feature;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.refdata.api.response.Csv;
import io.refdata.api.response.Delivery;
import io.refdata.api.table.ParquetTable;
import io.refdata.api.table.Table;
import io.refdata.api.table.Table.Column;
import io.refdata.api.table.TableWriter;
import io.refdata.api.table.XlsxTable;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureRows.AtCutoff;
import io.refdata.domain.feature.Scale;
import io.refdata.persistence.feature.OpenedSet;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows of a feature set in one of the formats. */
final class RowsFile {
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

  /** Writes a row. */
  @FunctionalInterface
  private interface Line {
    void write(@Nullable Object[] cells) throws IOException;
  }

  byte[] write(Delivery delivery) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (delivery.format()) {
      case JSON -> writeJson(out);
      case CSV -> writeCsv(delivery.mark(), out);
      case NDJSON -> writeLines(out);
      case XLSX -> writeTable(new XlsxTable(table(), out));
      case PARQUET -> writeTable(new ParquetTable(table(), out));
    }
    return out.toByteArray();
  }

  private void eachRow(Line line) throws IOException {
    for (AtCutoff at : cutoffs) {
      String instant = at.cutoff().at().toString();
      for (FeatureRow row : at.rows()) {
        line.write(columns.cells(row, instant));
      }
    }
  }

  private void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("code", set.code().value());
      json.writeStringField("name", set.name());
      json.writeNumberField("version", set.number());
      json.writeStringField("kind", set.plan().definition().kind().name());
      if (scale != Scale.NONE) {
        json.writeStringField("scale", scale.toString());
      }
      json.writeArrayFieldStart("items");
      eachRow(cells -> write(cells, json));
      json.writeEndArray();
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
      json.writeEndObject();
    }
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
      json.writeObjectFieldStart("features");
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
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(@Nullable Object[] cells, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < cells.length; i++) {
      json.writeFieldName(columns.all().get(i).name());
      Object cell = cells[i];
      if (cell == null) {
        json.writeNull();
      } else if (cell instanceof Double number) {
        numbers.write(number, json);
      } else if (cell instanceof Integer number) {
        json.writeNumber(number);
      } else {
        json.writeString(cell.toString());
      }
    }
    json.writeEndObject();
  }

  private void writeLines(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      eachRow(cells -> write(cells, json));
      json.writeRaw(cutoffs.stream().allMatch(at -> at.rows().isEmpty()) ? "" : "\n");
    }
  }

  private void writeCsv(String mark, OutputStream out) throws IOException {
    try (Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      text.write(mark);
      String separator = "";
      for (Column column : columns.all()) {
        text.write(separator);
        text.write(Csv.field(column.name()));
        separator = ",";
      }
      text.write('\n');
      eachRow(cells -> write(cells, text));
    }
  }

  private void write(@Nullable Object[] cells, Writer text) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        text.write(',');
      }
      Object cell = cells[i];
      if (cell instanceof Double number) {
        numbers.write(number, text);
      } else if (cell != null) {
        text.write(Csv.field(cell.toString()));
      }
    }
    text.write('\n');
  }

  private void writeTable(TableWriter table) throws IOException {
    eachRow(table::row);
    table.end();
  }

  /** What a file in Parquet says of itself; who is missing stands there by cutoff. */
  private Table table() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("featureSet", set.code().value());
    about.put("version", Integer.toString(set.number()));
    about.put("dataset", set.plan().main().code().value());
    if (set.asOf() != null) {
      about.put("asOf", set.asOf().toString());
    }
    if (scale != Scale.NONE) {
      about.put("scale", scale.toString());
    }
    for (AtCutoff at : cutoffs) {
      if (!at.missing().isEmpty()) {
        about.put("missing " + at.cutoff().at(), String.join(" ", at.missing()));
      }
    }
    return new Table("rows", columns.all(), about);
  }
}
