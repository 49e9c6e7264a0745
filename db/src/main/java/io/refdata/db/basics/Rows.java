package io.refdata.db.basics;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Helps to insert rows into an empty table of reference data, each with its audit row. */
final class Rows {

  private Rows() {}

  /** The values of one property in all rows, as an array for {@code unnest}. */
  static <T> Array texts(
      Connection connection, List<T> rows, Function<T, @Nullable String> property)
      throws SQLException {
    @Nullable String[] values = new @Nullable String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = property.apply(rows.get(i));
    }
    return connection.createArrayOf("text", values);
  }

  /** Records every row of the table as created in the revision. */
  static void audit(Connection connection, int revision, String table, String columns)
      throws SQLException {
    String sql =
        """
        insert into ref.%1$s_aud (id, rev, revtype, %2$s)
        select id, ?, 0, %2$s from ref.%1$s
        """
            .formatted(table, columns);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, revision);
      statement.executeUpdate();
    }
  }
}
