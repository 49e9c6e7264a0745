package io.refdata.persistence.item;

import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.YearOrDay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the values of properties from rows, without entities. */
public final class ItemColumns {
  private ItemColumns() {}

  /**
   * The value of a property, null if there is none; for a {@link Property.Kind#REFERENCE}, the code
   * in the column.
   */
  public static @Nullable Object value(Property property, ResultSet row, int column)
      throws SQLException {
    return switch (property.kind()) {
      case TEXT -> row.getString(column);
      case CODE, REFERENCE -> {
        String code = row.getString(column);
        yield code == null ? null : new Code(code);
      }
      case NUMBER -> {
        double number = row.getDouble(column);
        yield row.wasNull() ? null : number;
      }
      case INTEGER -> {
        int number = row.getInt(column);
        yield row.wasNull() ? null : number;
      }
      case DAY -> row.getObject(column, LocalDate.class);
      case YEAR_OR_DAY -> {
        String text = row.getString(column);
        yield text == null ? null : new YearOrDay(text);
      }
      case IDENTIFIERS, OWNERS -> {
        String text = row.getString(column);
        yield text == null ? null : property.parse(text).orElseThrow();
      }
    };
  }
}
