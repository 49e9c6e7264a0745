package io.refdata.persistence;

import io.refdata.db.MigrationFailed;
import io.refdata.db.Migrations;
import io.refdata.server.End;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
import io.refdata.settings.Setting;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the schema up to date before anything else of the application runs. If the database goes
 * away meanwhile, this is tried again when it is back. If a migration fails, the server ends.
 */
@ApplicationScoped
public class SchemaAtStart {
  private static final Logger LOG = Logger.getLogger(SchemaAtStart.class);
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(30);

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  @Inject private Connections connections;

  void migrate(
      @Observes
          @Initialized(ApplicationScoped.class)
          @Priority(Interceptor.Priority.PLATFORM_BEFORE)
          Object started) {
    Health.PLATFORM.down(Part.SCHEMA, "it is being brought up to date");
    while (!isUpToDate()) {
      connections.awaitDatabase(BETWEEN_WORDS, () -> false);
    }
    Health.PLATFORM.up(Part.SCHEMA);
  }

  /** Opens connections of the role that owns the schema; the pool has none. */
  private static DataSource owner() {
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(Setting.DB_URL.text());
    owner.setUser(Setting.DB_OWNER_USER.text());
    owner.setPassword(Setting.DB_OWNER_PASSWORD.text());
    owner.setApplicationName("refdata migrations");
    return owner;
  }

  private boolean isUpToDate() {
    try {
      if (Setting.DB_OWNER_USER.text().isEmpty()) {
        Migrations.migrate(dataSource);
      } else {
        Migrations.migrate(owner(), Setting.DB_USER.text());
      }
      return true;
    } catch (MigrationFailed e) {
      if (!Connections.lost(e)) {
        End.because("the schema cannot be brought up to date: " + e.getMessage());
      }
      LOG.warnf("The schema is brought up to date when the database is back: %s", e.getMessage());
      return false;
    }
  }
}
