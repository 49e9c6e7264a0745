package io.refdata.db.basics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Why: the contract promises regions, units, currencies and the code lists from the first start.
 * One revision for all.
 *
 * <p>Locks: the revision lock of the reference data, until its commit; rows: about 800 and as many
 * audit rows. Undo: {@code db/undo/V202611201540__seed_basics.sql}.
 */
@SuppressWarnings({"checkstyle:TypeName", "TypeName"}) // the name is Flyway's
public final class V202611201540__seed_basics extends BaseJavaMigration {

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    int revision = openRevision(connection);
    Regions.insert(connection, revision);
    CodeLists.insert(connection, revision);
    Units.insert(connection, revision);
  }

  private static int openRevision(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select ref.open_revision(0, 'refdata', ?)")) {
      statement.setString(1, "The basics: regions, currencies, code lists and units");
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
