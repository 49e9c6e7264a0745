package io.refdata.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema's migrations, applied in order. */
public final class Migrations {
  private Migrations() {}

  /** Brings the database up to date; does nothing when it is. */
  public static void migrate(DataSource dataSource) {
    try {
      Flyway.configure()
          .dataSource(dataSource)
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new MigrationFailed(e);
    }
  }
}
