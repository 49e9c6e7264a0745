package io.refdata.persistence.history;

import io.refdata.persistence.revision.AuditRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A kind of things whose past is recorded: its audit table, and the way to read a recorded state.
 *
 * @param collection its name as it stands in URLs; with a star in it if the kind spans many
 *     collections, as the codes of code lists do
 * @param collectionSql the name of a row's collection, as SQL over the audit table {@code a}
 * @param audit the audit table
 * @param columns the columns of a state, as SQL over the audit table {@code a}
 * @param reader reads a state
 */
record RecordedKind(
    String collection, String collectionSql, String audit, List<String> columns, Reader reader) {

  /** Reads the properties of a state from its columns; missing properties are not in the map. */
  @FunctionalInterface
  interface Reader {
    Map<String, Object> read(ResultSet row, int firstColumn) throws SQLException;
  }

  /** True if the kind spans many collections, so that only its rows say which one they are in. */
  boolean isManyCollections() {
    return collection.contains("*");
  }

  /** A kind that is one collection. */
  static RecordedKind of(String collection, String table, List<String> columns, Reader reader) {
    return new RecordedKind(
        collection, "'" + collection + "' collate \"C\"", AuditRows.table(table), columns, reader);
  }
}
