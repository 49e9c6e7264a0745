package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.observation.WideObservations.WideColumn;
import io.refdata.api.response.Csv;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.table.Table;
import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import io.refdata.api.table.TableWriter;
import io.refdata.api.table.XlsxTable;
import io.refdata.persistence.json.DecimalText;
import io.refdata.persistence.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a table of one row for each period in one format. */
interface WideRows {
  /** Writes the row of a period; those of all periods before it are written. */
  void row(String period, List<WideColumn> columns) throws IOException;

  void end() throws IOException;

  /** Begins the table. */
  static WideRows of(Delivery delivery, List<String> keys, OutputStream out) throws IOException {
    return switch (delivery.format()) {
      case JSON -> new InJson(keys, out);
      case CSV -> new InCsv(delivery.mark(), keys, out);
      case XLSX -> new InSheet(keys, out);
      case NDJSON, PARQUET ->
          throw new IllegalStateException(Format.NAME + " " + delivery.format() + " is not wide");
    };
  }

  /** {@code {"columns": [keys], "index": [periods], "data": [[values]]}}. */
  final class InJson implements WideRows {
    private final JsonGenerator json;
    private final DecimalText numbers = new DecimalText();
    private final List<String> periods = new ArrayList<>();

    InJson(List<String> keys, OutputStream out) throws IOException {
      json = Json.FACTORY.createGenerator(out);
      json.writeStartObject();
      texts("columns", keys);
      json.writeArrayFieldStart("data");
    }

    private void texts(String member, List<String> all) throws IOException {
      json.writeArrayFieldStart(member);
      for (String text : all) {
        json.writeString(text);
      }
      json.writeEndArray();
    }

    @Override
    public void row(String period, List<WideColumn> columns) throws IOException {
      periods.add(period);
      json.writeStartArray();
      for (WideColumn column : columns) {
        Double value = column.next(period);
        if (value == null) {
          json.writeNull();
        } else {
          numbers.write(value, json);
        }
      }
      json.writeEndArray();
    }

    @Override
    public void end() throws IOException {
      json.writeEndArray();
      texts("index", periods);
      json.writeEndObject();
      json.close();
    }
  }

  /** A column {@code time}, then one for each key. */
  final class InCsv implements WideRows {
    private final Writer out;
    private final DecimalText numbers = new DecimalText();

    InCsv(String mark, List<String> keys, OutputStream stream) throws IOException {
      out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
      out.write(mark + "time");
      for (String key : keys) {
        out.write(',' + Csv.field(key));
      }
      out.write('\n');
    }

    @Override
    public void row(String period, List<WideColumn> columns) throws IOException {
      out.write(period);
      for (WideColumn column : columns) {
        out.write(',');
        Double value = column.next(period);
        if (value != null) {
          numbers.write(value, out);
        }
      }
      out.write('\n');
    }

    @Override
    public void end() throws IOException {
      out.flush();
    }
  }

  /** The same in a sheet. */
  final class InSheet implements WideRows {
    private final TableWriter table;

    InSheet(List<String> keys, OutputStream out) {
      List<Column> columns = new ArrayList<>();
      columns.add(Column.text("time"));
      keys.forEach(key -> columns.add(Column.optional(key, Kind.NUMBER)));
      table = new XlsxTable(new Table("observations", columns, Map.of()), out);
    }

    @Override
    public void row(String period, List<WideColumn> columns) throws IOException {
      @Nullable Object[] cells = new @Nullable Object[columns.size() + 1];
      cells[0] = period;
      for (int i = 0; i < columns.size(); i++) {
        cells[i + 1] = columns.get(i).next(period);
      }
      table.row(cells);
    }

    @Override
    public void end() throws IOException {
      table.end();
    }
  }
}
