package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.refdata.api.response.Csv;
import io.refdata.api.response.Delivery;
import io.refdata.api.table.ParquetTable;
import io.refdata.api.table.Table;
import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import io.refdata.api.table.TableWriter;
import io.refdata.api.table.XlsxTable;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.observation.SeriesPages.Counted;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the series of a list one after the other, in any format but JSON: one row for each. */
final class SeriesTable {
  private static final int BUFFER = 1 << 15;

  private final Dataset dataset;
  private final TableWriter rows;

  private SeriesTable(Dataset dataset, TableWriter rows) {
    this.dataset = dataset;
    this.rows = rows;
  }

  /** Begins a list in a format. */
  static SeriesTable begin(Dataset dataset, Delivery delivery, OutputStream out)
      throws IOException {
    List<Column> columns = columns(dataset);
    Table table = new Table("series", columns, Map.of());
    return new SeriesTable(
        dataset,
        switch (delivery.format()) {
          case CSV -> new Lines(columns, delivery.mark(), out);
          case XLSX -> new XlsxTable(table, out);
          case PARQUET -> new ParquetTable(table, out);
          case NDJSON -> new Objects(dataset, out);
          case JSON -> throw new IllegalStateException("JSON is built as a page");
        });
  }

  private static List<Column> columns(Dataset dataset) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("key")));
    for (Dimension dimension : dataset.dimensions()) {
      columns.add(Column.text(dimension.code().value()));
    }
    columns.add(Column.optional(unlike(dataset, "unit", "seriesUnit"), Kind.TEXT));
    columns.add(Column.optional("first", Kind.TEXT));
    columns.add(Column.optional("last", Kind.TEXT));
    columns.add(Column.optional(unlike(dataset, "count", "seriesCount"), Kind.WHOLE));
    return columns;
  }

  /** The name of a column; another if a dimension has it. */
  private static String unlike(Dataset dataset, String name, String other) {
    return dataset.dimensions().stream().anyMatch(one -> one.code().value().equals(name))
        ? other
        : name;
  }

  void add(Counted one) throws IOException {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(one.series().key());
    cells.addAll(one.series().dimensions());
    cells.add(one.series().unit());
    cells.add(period(dataset, one.first()));
    cells.add(period(dataset, one.last()));
    cells.add(Math.toIntExact(one.count()));
    rows.row(cells.toArray());
  }

  void end() throws IOException {
    rows.end();
  }

  private static @Nullable String period(Dataset dataset, @Nullable Instant start) {
    return start == null ? null : dataset.frequency().format(start);
  }

  /** Lines of CSV, a header first. */
  private static final class Lines implements TableWriter {
    private final Writer csv;

    Lines(List<Column> columns, String mark, OutputStream out) throws IOException {
      csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
      csv.write(mark);
      row(columns.stream().map(Column::name).toArray());
    }

    @Override
    public void row(@Nullable Object[] cells) throws IOException {
      for (int i = 0; i < cells.length; i++) {
        csv.write(i == 0 ? "" : ",");
        Object cell = cells[i];
        csv.write(cell == null ? "" : Csv.field(cell.toString()));
      }
      csv.write('\n');
    }

    @Override
    public void end() throws IOException {
      csv.flush();
    }
  }

  /** Lines of NDJSON, with the members that JSON has. */
  private static final class Objects implements TableWriter {
    private final Dataset dataset;
    private final JsonGenerator json;
    private boolean any;

    Objects(Dataset dataset, OutputStream out) throws IOException {
      this.dataset = dataset;
      this.json = Json.FACTORY.createGenerator(out);
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void row(@Nullable Object[] cells) throws IOException {
      any = true;
      int at = 0;
      json.writeStartObject();
      json.writeObjectField("key", cells[at++]);
      json.writeObjectFieldStart("dimensions");
      for (Dimension dimension : dataset.dimensions()) {
        json.writeObjectField(dimension.code().value(), cells[at++]);
      }
      json.writeEndObject();
      for (String name : List.of("unit", "first", "last", "count")) {
        json.writeObjectField(name, cells[at++]);
      }
      json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
      if (any) {
        json.writeRaw('\n');
      }
      json.close();
    }
  }
}
