package io.refdata.api.platform;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import io.refdata.db.Migrations;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * One migrated database for all integration tests of a JVM, and free ports for their WildFly, so
 * that a platform running on this machine is not disturbed. {@code arquillian.xml} and {@link
 * #database()} take them from the {@code refdata.it.*} system properties; REST Assured is pointed
 * at the server. Unit tests, which run without {@code refdata.it=true}, start nothing.
 */
public final class PlatformForTests implements LauncherSessionListener {
  private static @Nullable EmbeddedDatabase database;

  /** The database that the server under test uses. */
  public static EmbeddedDatabase database() {
    if (database == null) {
      throw new IllegalStateException("There is a database in integration tests only");
    }
    return database;
  }

  /** A client of the server under test. */
  public static PlatformClient client() {
    return new PlatformClient(URI.create(RestAssured.baseURI + ":" + RestAssured.port));
  }

  /**
   * Waits until a query of the database says that something is so.
   *
   * @param condition a query for one boolean
   */
  public static void await(String condition) {
    Awaitility.await(condition)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              try (Connection connection = database().dataSource().getConnection();
                  Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery(condition)) {
                return rows.next() && rows.getBoolean(1);
              }
            });
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!Boolean.getBoolean("refdata.it") || database != null) {
      return;
    }
    var started = EmbeddedDatabase.startTemporary();
    database = started;
    Migrations.migrate(started.dataSource());
    int httpPort = FreePort.any();
    set("db.url", started.url());
    set("db.user", started.user());
    set("db.password", started.password());
    set("http.port", Integer.toString(httpPort));
    set("management.port", Integer.toString(FreePort.any()));
    set("home", Path.of("target/it/data").toAbsolutePath().toString());
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = httpPort;
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (database != null) {
      database.close();
      database = null;
    }
  }

  private static void set(String name, String value) {
    System.setProperty("refdata.it." + name, value);
  }
}
