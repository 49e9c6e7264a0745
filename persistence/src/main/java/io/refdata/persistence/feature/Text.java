package io.refdata.persistence.feature;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of queries, with the values of its placeholders in their order. */
final class Text {
  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> bound = new ArrayList<>();

  /** Adds a part; the values may be null. */
  Text add(String part, @Nullable Object... values) {
    sql.append(part);
    bound.addAll(Arrays.asList(values));
    return this;
  }

  /** Adds all of another. */
  Text add(Text other) {
    sql.append(other.sql);
    bound.addAll(other.bound);
    return this;
  }

  @Override
  public String toString() {
    return sql.toString();
  }

  /** Binds the values. */
  void bind(Connection connection, PreparedStatement statement) throws SQLException {
    for (int i = 0; i < bound.size(); i++) {
      Object value = bound.get(i);
      if (value == null) {
        statement.setNull(i + 1, Types.TIMESTAMP_WITH_TIMEZONE);
      } else if (value instanceof Integer[] numbers) {
        statement.setArray(i + 1, connection.createArrayOf("int4", numbers));
      } else if (value instanceof OffsetDateTime[] instants) {
        statement.setArray(i + 1, connection.createArrayOf("timestamptz", instants));
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
