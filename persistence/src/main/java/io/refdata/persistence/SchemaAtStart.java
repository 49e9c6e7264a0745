package io.refdata.persistence;

import io.refdata.db.MigrationFailed;
import io.refdata.db.Migrations;
import io.refdata.server.End;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
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

  private boolean isUpToDate() {
    try {
      Migrations.migrate(dataSource);
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
