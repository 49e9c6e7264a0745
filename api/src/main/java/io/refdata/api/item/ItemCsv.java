package io.refdata.api.item;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.refdata.api.response.Csv;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Reference;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes items in CSV, one for each line, after a header line. A column has the name of its
 * property. A reference is the code of its item; an expanded reference has one column for each
 * property of that item, such as {@code region.name}. Owners and identifiers are one cell, {@code
 * EDF:0.6;RWE:0.4}. Items that refer to the item of the line are one cell with their codes,
 * separated by semicolons. A missing value is an empty cell.
 */
final class ItemCsv {
  private static final int BUFFER = 1 << 15;

  private final List<Column> columns = new ArrayList<>();
  private final Writer out;

  /**
   * @param inner a property of the referenced item; null for the member itself
   */
  private record Column(String member, @Nullable String inner) {
    String header() {
      return inner == null ? member : member + "." + inner;
    }

    @Nullable Object of(ItemView item) {
      Object value = item.get(member);
      return inner != null && value instanceof ItemView other ? other.get(inner) : value;
    }
  }

  private ItemCsv(ItemType<?> type, ItemFields fields, OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    for (String member : fields.members()) {
      if (fields.expand().contains(member) && type.shown(member).isPresent()) {
        Property reference = type.shown(member).get();
        for (Property property : Catalogue.of(reference.target()).shown()) {
          columns.add(new Column(member, property.name()));
        }
      } else {
        columns.add(new Column(member, null));
      }
    }
  }

  static void write(
      ItemType<?> type, ItemFields fields, String mark, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    ItemCsv csv = new ItemCsv(type, fields, out);
    csv.out.write(mark);
    csv.out.write(
        csv.columns.stream().map(Column::header).map(Csv::field).collect(Collectors.joining(",")));
    csv.out.write('\n');
    while (items.hasNext()) {
      csv.line(items.next());
    }
    csv.out.flush();
  }

  private void line(ItemView item) throws IOException {
    boolean first = true;
    for (Column column : columns) {
      if (!first) {
        out.write(',');
      }
      first = false;
      out.write(Csv.field(text(column.of(item))));
    }
    out.write('\n');
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Double number) {
      return NumberOutput.toString(number, true);
    } else if (value instanceof Reference reference) {
      return reference.code();
    } else if (value instanceof ItemView item) {
      return item.code();
    } else if (value instanceof List<?> several) {
      return several.stream().map(ItemCsv::text).collect(Collectors.joining(";"));
    }
    return value.toString();
  }
}
