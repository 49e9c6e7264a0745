package io.refdata.persistence;

import io.refdata.db.Migrations;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import javax.sql.DataSource;

/**
 * Brings the schema up to date before anything else of the application runs. If that fails, the
 * application does not start.
 */
@ApplicationScoped
public class SchemaAtStart {
  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  void migrate(
      @Observes
          @Initialized(ApplicationScoped.class)
          @Priority(Interceptor.Priority.PLATFORM_BEFORE)
          Object started) {
    Migrations.migrate(dataSource);
  }
}
