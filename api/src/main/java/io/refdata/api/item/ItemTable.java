package io.refdata.api.item;

import io.refdata.api.table.TableWriter;
import io.refdata.persistence.item.ItemView;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes items as the rows of a table, with the columns that CSV has. */
final class ItemTable {
  private ItemTable() {}

  static void write(ShownColumns columns, Iterator<ItemView> items, TableWriter table)
      throws IOException {
    List<ShownColumns.Shown> shown = columns.all();
    @Nullable Object[] cells = new @Nullable Object[shown.size()];
    while (items.hasNext()) {
      ItemView item = items.next();
      for (int i = 0; i < cells.length; i++) {
        cells[i] = shown.get(i).cell(item);
      }
      table.row(cells);
    }
    table.end();
  }
}
