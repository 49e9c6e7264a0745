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
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.place.Enrichment;
import io.refdata.persistence.feature.OpenedEnrichment;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.place.PlacedFacilities.Placed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the rows about places in one of the formats. */
final class PlaceRowsFile {
  private final OpenedEnrichment set;
  private final Enrichment enrichment;
  private final String cutoff;
  private final PlaceColumns columns;
  private final DecimalText numbers = new DecimalText();

  PlaceRowsFile(OpenedEnrichment set, Placed placed) {
    this.set = set;
    this.enrichment = placed.enrichment();
    this.cutoff = placed.cutoff().toString();
    this.columns = new PlaceColumns(enrichment, set.definition().fuels());
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
    for (int i = 0; i < enrichment.size(); i++) {
      line.write(columns.cells(enrichment.row(i), cutoff));
    }
  }

  private void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("code", set.code().value());
      json.writeStringField("name", set.name());
      json.writeNumberField("version", set.number());
      json.writeStringField("kind", FeatureSetKind.GEO_ENRICHMENT.name());
      json.writeArrayFieldStart("items");
      eachRow(cells -> write(cells, json));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeLines(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      eachRow(cells -> write(cells, json));
      json.writeRaw(enrichment.size() == 0 ? "" : "\n");
    }
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
      } else if (cell instanceof Boolean flag) {
        json.writeBoolean(flag);
      } else {
        json.writeString(cell.toString());
      }
    }
    json.writeEndObject();
  }

  private void writeCsv(String mark, OutputStream out) throws IOException {
    try (Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      text.write(mark);
      text.write(
          columns.all().stream()
              .map(Column::name)
              .map(Csv::field)
              .collect(Collectors.joining(",", "", "\n")));
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

  /** What a file in Parquet says of itself. */
  private Table table() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("featureSet", set.code().value());
    about.put("version", Integer.toString(set.number()));
    if (set.asOf() != null) {
      about.put("asOf", set.asOf().toString());
    }
    return new Table("rows", columns.all(), about);
  }
}
