package io.refdata.persistence.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A kind of things whose past is recorded: where, and how a recorded state reads.
 *
 * @param collection its name as it stands in URLs; a star in it, if it is in many collections, as
 *     the codes of code lists are
 * @param collectionSql the name of a row's collection, as SQL over the audit table {@code a}
 * @param audit the audit table
 * @param columns what a state is read from, as SQL over the audit table {@code a}
 * @param reader reads a state
 */
record RecordedKind(
    String collection, String collectionSql, String audit, List<String> columns, Reader reader) {

  /** Reads the properties of a state from its columns; those that it lacks are not there. */
  @FunctionalInterface
  interface Reader {
    Map<String, Object> read(ResultSet row, int firstColumn) throws SQLException;
  }

  /** Whether only its rows say which collection they are in. */
  boolean isManyCollections() {
    return collection.contains("*");
  }

  /** A kind that is one collection. */
  static RecordedKind of(String collection, String table, List<String> columns, Reader reader) {
    return new RecordedKind(
        collection, "'" + collection + "' collate \"C\"", table + "_aud", columns, reader);
  }
}
