package io.refdata.server;

import io.refdata.settings.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Checks the platform's requirements for a database that answers: version, extensions and rights.
 */
final class DatabaseCheck {
  private static final int OLDEST_SERVER = 18;

  private static final String QUERY =
      """
      select current_setting('server_version'),
             current_setting('server_version_num')::int / 10000,
             (select string_agg(needed, ', ')
                from unnest(array['cube', 'pg_trgm', 'unaccent']) needed
               where needed not in (select name from pg_available_extensions)),
             has_database_privilege(current_database(), 'create')
             and has_schema_privilege('public', 'create'),
             current_user
      """;

  private DatabaseCheck() {}

  static void check(Connection connection) throws SQLException, DatabaseUnfit {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      if (row.getInt(2) < OLDEST_SERVER) {
        throw new DatabaseUnfit(
            "PostgreSQL %d or newer is needed, this is %s"
                .formatted(OLDEST_SERVER, row.getString(1)));
      }
      if (row.getString(3) != null) {
        throw new DatabaseUnfit(
            "its server lacks the extensions %s (package postgresql-contrib)"
                .formatted(row.getString(3)));
      }
      if (!row.getBoolean(4) && Setting.DB_OWNER_USER.text().isEmpty()) {
        throw new DatabaseUnfit(
            "the role %s may not create schemas in it, or tables in its schema public"
                .formatted(row.getString(5)));
      }
    }
  }
}
