package io.refdata.persistence;

import io.refdata.persistence.sql.Acquisitions;
import io.refdata.persistence.sql.JdbiStatements;
import io.refdata.persistence.sql.NamedTemplates;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The database with its connection pool. SQL that does not use entities goes through {@link Jdbi};
 * within a transaction it uses the same connection as the entity manager.
 */
@ApplicationScoped
public class Database {
  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  @Produces
  @Singleton
  Jdbi jdbi() {
    return of(dataSource);
  }

  /** Jdbi with the platform's settings, on any data source. */
  public static Jdbi of(DataSource dataSource) {
    return Jdbi.create(new Acquisitions(dataSource))
        .setTemplateEngine(new NamedTemplates())
        .setSqlLogger(new JdbiStatements())
        .registerArrayType(Integer.class, "int4")
        .registerArrayType(Long.class, "int8")
        .registerArrayType(String.class, "text");
  }
}
