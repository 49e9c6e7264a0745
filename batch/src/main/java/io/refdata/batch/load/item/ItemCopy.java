package io.refdata.batch.load.item;

import io.refdata.batch.load.item.ItemCell.Value;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Copies items to staging, one row for each line. */
final class ItemCopy implements ItemRows, AutoCloseable {
  private final ItemType<?> type;
  private final ItemStagingTable staged;
  private final int columns;
  private final BinaryCopy copy;

  ItemCopy(Handle handle, StagingTables staging, ItemStagingTable staged) throws SQLException {
    this.type = staged.type();
    this.staged = staged;
    this.columns = staged.columns().size();
    this.copy =
        new BinaryCopy(
            handle.getConnection(),
            staging.rows() + " (" + String.join(", ", staged.columns()) + ")");
  }

  @Override
  public void add(long line, Map<Property, Value> values) {
    try {
      copy.row(columns).int8(line);
    } catch (SQLException e) {
      throw new IllegalStateException("COPY into staging failed", e);
    }
    for (Property property : staged.properties()) {
      Value value = values.get(property);
      write(value == null ? null : value.value());
      if (ItemStagingTable.isWithin(type, property)) {
        copy.text(value == null ? null : value.text());
      }
    }
  }

  private void write(@Nullable Object value) {
    if (value instanceof Double number) {
      copy.float8(number);
    } else if (value instanceof Integer number) {
      copy.int4(number);
    } else {
      copy.text(value == null ? null : value.toString());
    }
  }

  /** Ends the rows. */
  void end() throws SQLException {
    copy.end();
  }

  @Override
  public void close() throws SQLException {
    copy.close();
  }
}
