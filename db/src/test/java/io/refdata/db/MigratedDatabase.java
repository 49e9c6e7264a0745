package io.refdata.db;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database of its own for a test class. All of a JVM are on one PostgreSQL, copied from
 * a database that is migrated once.
 */
public final class MigratedDatabase implements AutoCloseable {
  private static @Nullable EmbeddedDatabase shared;
  private static int created;

  private final EmbeddedDatabase server;
  private final String name;

  private MigratedDatabase(EmbeddedDatabase server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Creates one. The PostgreSQL ends with the JVM. */
  public static synchronized MigratedDatabase create() {
    EmbeddedDatabase server = shared;
    if (server == null) {
      server = EmbeddedDatabase.startTemporary();
      Migrations.migrate(server.dataSource());
      shared = server;
    }
    String name = "test_" + ++created;
    server.copy(name);
    return new MigratedDatabase(server, name);
  }

  public String url() {
    return server.url(name);
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password();
  }

  /** Opens a connection for each call; without a pool. */
  public DataSource dataSource() {
    return server.dataSource(name);
  }

  @Override
  public void close() {
    server.drop(name);
  }
}
