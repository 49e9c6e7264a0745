package io.refdata.api.observation;

import io.refdata.api.table.Table;
import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import io.refdata.api.table.TableWriter;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one row for each observation, with the columns that CSV has. */
final class TableObservations implements ObservationWriter {
  private final TableWriter table;
  private final @Nullable Object[] cells;

  /**
   * @param columns as {@link #table} has them
   */
  TableObservations(TableWriter table, int columns) {
    this.table = table;
    this.cells = new @Nullable Object[columns];
  }

  static Table table(Dataset dataset, boolean changes, Map<String, String> about) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("key"));
    for (Dimension dimension : dataset.dimensions()) {
      columns.add(Column.text(dimension.code().value()));
    }
    columns.add(Column.text("time"));
    columns.add(Column.optional("value", Kind.NUMBER));
    columns.add(Column.text("status"));
    if (changes) {
      columns.add(Column.text("action"));
    }
    return new Table("observations", columns, about);
  }

  @Override
  public void series(Series next) {
    cells[0] = next.key();
    for (int i = 0; i < next.dimensions().size(); i++) {
      cells[1 + i] = next.dimensions().get(i);
    }
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action)
      throws IOException {
    int last = cells.length - 1;
    if (action != null) {
      cells[last--] = action;
    }
    cells[last--] = status;
    cells[last--] = Double.isFinite(value) ? value : null;
    cells[last] = time;
    table.row(cells);
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    table.end();
  }
}
