package io.refdata.persistence.item.query;

import io.refdata.domain.item.PropertyKind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of items, from the database itself or out of an array in one. */
interface ItemRow {
  @Nullable Object get(int column, PropertyKind kind) throws SQLException;

  /** The rows in a column that is an array of arrays of texts; null if there are none. */
  @Nullable Object @Nullable [] rows(int column) throws SQLException;

  /** The row without its first columns. */
  default ItemRow after(int columns) {
    ItemRow whole = this;
    return new ItemRow() {
      @Override
      public @Nullable Object get(int column, PropertyKind kind) throws SQLException {
        return whole.get(columns + column, kind);
      }

      @Override
      public @Nullable Object @Nullable [] rows(int column) throws SQLException {
        return whole.rows(columns + column);
      }
    };
  }

  /** The row that a result set is at. */
  static ItemRow of(ResultSet rows) {
    return new ItemRow() {
      @Override
      public @Nullable Object get(int column, PropertyKind kind) throws SQLException {
        if (kind == PropertyKind.NUMBER) {
          double number = rows.getDouble(column);
          return rows.wasNull() ? null : (Object) number;
        } else if (kind == PropertyKind.INTEGER) {
          int number = rows.getInt(column);
          return rows.wasNull() ? null : (Object) number;
        } else if (kind == PropertyKind.DAY) {
          return rows.getObject(column, LocalDate.class);
        }
        return rows.getString(column);
      }

      @Override
      public @Nullable Object @Nullable [] rows(int column) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? null : (@Nullable Object[]) array.getArray();
      }
    };
  }

  /** The row in an array of texts. */
  static ItemRow of(@Nullable String[] texts) {
    return new ItemRow() {
      @Override
      public @Nullable Object get(int column, PropertyKind kind) {
        String text = texts[column - 1];
        if (text == null) {
          return null;
        }
        return switch (kind) {
          case NUMBER -> Double.valueOf(text);
          case INTEGER -> Integer.valueOf(text);
          case DAY -> LocalDate.parse(text);
          default -> text;
        };
      }

      @Override
      public @Nullable Object @Nullable [] rows(int column) {
        throw new UnsupportedOperationException("Arrays in arrays");
      }
    };
  }
}
