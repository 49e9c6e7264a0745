package io.refdata.persistence.push;

import io.refdata.persistence.push.Pushed.RejectedRow;
import java.io.Serial;
import java.util.List;

/** Some of rows that are written all or not at all were rejected. */
public class RowsRejected extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<RejectedRow> rows;

  RowsRejected(List<RejectedRow> rows) {
    super("%,d rows are rejected".formatted(rows.size()));
    this.rows = List.copyOf(rows);
  }

  /** These rows. */
  public List<RejectedRow> rows() {
    return rows;
  }
}
