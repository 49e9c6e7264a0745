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
  private final MoreColumns more;
  private final @Nullable Object[] cells;
  private int afterSeries;
  private double share;
  private String without = "";

  /** Begins to write a table whose columns are known. */
  interface Start {
    TableWriter begin(Table table) throws IOException;
  }

  /**
   * @param about what a reader of the file should know of its content, by name
   */
  TableObservations(Dataset dataset, MoreColumns more, Start start, Map<String, String> about)
      throws IOException {
    List<Column> columns = columns(dataset, more);
    this.table = start.begin(new Table("observations", columns, about));
    this.more = more;
    this.cells = new @Nullable Object[columns.size()];
  }

  private static List<Column> columns(Dataset dataset, MoreColumns more) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("key"));
    for (Dimension dimension : dataset.dimensions()) {
      columns.add(Column.text(dimension.code().value()));
    }
    columns.add(Column.text("time"));
    columns.add(Column.optional("value", Kind.NUMBER));
    columns.add(Column.text("status"));
    if (more.action()) {
      columns.add(Column.text("action"));
    }
    if (more.coverage()) {
      columns.add(Column.optional("coverage", Kind.NUMBER));
    }
    if (more.missing()) {
      columns.add(Column.text("missing"));
    }
    return columns;
  }

  @Override
  public void series(Series next) {
    cells[0] = next.key();
    for (int i = 0; i < next.dimensions().size(); i++) {
      cells[1 + i] = next.dimensions().get(i);
    }
    afterSeries = 1 + next.dimensions().size();
  }

  @Override
  public void coverage(double next) {
    share = next;
  }

  @Override
  public void missing(List<String> members) {
    without = String.join(" ", members);
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action)
      throws IOException {
    int column = afterSeries;
    cells[column++] = time;
    cells[column++] = Double.isFinite(value) ? value : null;
    cells[column++] = status;
    if (more.action()) {
      cells[column++] = action;
    }
    if (more.coverage()) {
      cells[column++] = Double.isFinite(share) ? share : null;
    }
    if (more.missing()) {
      cells[column] = without;
    }
    table.row(cells);
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    table.end();
  }
}
