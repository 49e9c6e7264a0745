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
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows of the same columns in each of the formats. */
final class RowsFormat {
  private final List<Column> columns;
  private final Rows rows;
  private final DecimalText numbers = new DecimalText();

  RowsFormat(List<Column> columns, Rows rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Writes a row: a cell for each column, null where there is none. */
  @FunctionalInterface
  interface Line {
    void write(@Nullable Object[] cells) throws IOException;
  }

  /** The rows, in their order. */
  @FunctionalInterface
  interface Rows {
    void each(Line line) throws IOException;
  }

  /** Writes the members of the document in JSON, {@link #items} among them. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Writes them.
   *
   * @param about what a file in Parquet says of itself
   */
  byte[] write(Delivery delivery, Members members, Map<String, String> about) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Table table = new Table("rows", columns, about);
    switch (delivery.format()) {
      case JSON -> writeJson(members, out);
      case CSV -> writeCsv(delivery.mark(), out);
      case NDJSON -> writeLines(out);
      case XLSX -> writeTable(new XlsxTable(table, out));
      case PARQUET -> writeTable(new ParquetTable(table, out));
    }
    return out.toByteArray();
  }

  private static void writeJson(Members members, OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
  }

  /** The member {@code items}: an object for each row. */
  void items(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("items");
    rows.each(cells -> write(cells, json));
    json.writeEndArray();
  }

  private void writeLines(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      rows.each(cells -> write(cells, json));
      if (json.getOutputContext().getEntryCount() > 0) {
        json.writeRaw('\n');
      }
    }
  }

  private void write(@Nullable Object[] cells, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < cells.length; i++) {
      json.writeFieldName(columns.get(i).name());
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
          columns.stream()
              .map(Column::name)
              .map(Csv::field)
              .collect(Collectors.joining(",", "", "\n")));
      rows.each(cells -> write(cells, text));
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
    rows.each(table::row);
    table.end();
  }
}
