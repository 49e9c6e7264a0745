package io.refdata.api.item;

import io.refdata.api.response.Csv;
import io.refdata.persistence.item.ItemView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Collectors;

/** Writes items in CSV, one for each line, after a header line. */
final class ItemCsv {
  private static final int BUFFER = 1 << 15;

  private ItemCsv() {}

  /**
   * @param mark what the file begins with
   */
  static void write(ShownColumns columns, String mark, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    csv.write(mark);
    csv.write(
        columns.all().stream()
            .map(column -> Csv.field(column.header()))
            .collect(Collectors.joining(",")));
    csv.write('\n');
    while (items.hasNext()) {
      line(columns, items.next(), csv);
    }
    csv.flush();
  }

  private static void line(ShownColumns columns, ItemView item, Writer csv) throws IOException {
    boolean first = true;
    for (ShownColumns.Shown column : columns.all()) {
      if (!first) {
        csv.write(',');
      }
      first = false;
      String text = column.text(item);
      csv.write(text.isEmpty() && columns.all().size() == 1 ? "\"\"" : Csv.field(text));
    }
    csv.write('\n');
  }
}
