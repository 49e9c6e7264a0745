package io.refdata.persistence.item;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the values of properties from rows, without entities. */
public final class ItemColumns {
  private ItemColumns() {}

  /**
   * The value of a property, null if there is none; for a {@link PropertyKind#REFERENCE}, the code
   * in the column.
   */
  public static @Nullable Object value(Property property, ResultSet row, int column)
      throws SQLException {
    if (property.kind() == PropertyKind.DAY) {
      return row.getObject(column, LocalDate.class);
    }
    Object stored = row.getObject(column);
    return stored instanceof String text ? property.parse(text).orElseThrow() : stored;
  }
}
