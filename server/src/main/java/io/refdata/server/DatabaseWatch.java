package io.refdata.server;

import static java.util.stream.Collectors.joining;

import io.refdata.server.Health.Part;
import io.refdata.settings.Setting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Checks every second that the database answers, on a connection of its own: if all connections of
 * the pool are in use, the database is still healthy. It waits for a database that does not answer
 * yet, and ends the process if waiting cannot help.
 */
final class DatabaseWatch implements Runnable {
  private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);
  private static final int VALIDATION_SECONDS = 2;
  private static final String CONNECTION_SECONDS = "5";

  private final Health health;
  private final Runnable reached;
  private final String address;
  private @Nullable Connection connection;
  private boolean everReached;
  private long lastWarning;
  private volatile boolean ended;

  /**
   * @param reached runs when the database has answered for the first time
   */
  DatabaseWatch(Health health, Runnable reached) {
    this.health = health;
    this.reached = reached;
    String url = Setting.DB_URL.text();
    int parameters = url.indexOf('?');
    this.address = parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public void run() {
    DatabaseLinkCheck.warning(Setting.DB_URL.text()).ifPresent(LOG::warn);
    HomeCheck home = new HomeCheck(Path.of(Setting.HOME.text()), health);
    while (!ended) {
      home.look();
      look();
      LockSupport.parkNanos(BETWEEN_CHECKS.toNanos());
    }
    close();
  }

  void end() {
    ended = true;
  }

  private void look() {
    try {
      if (connection == null) {
        connection = connect();
        DatabaseCheck.check(connection);
      } else if (!connection.isValid(VALIDATION_SECONDS)) {
        throw new SQLException("it does not answer", "08006");
      }
    } catch (DatabaseUnfit e) {
      lost(true, Objects.toString(e.getMessage()), Objects.toString(e.getMessage()));
      return;
    } catch (SQLException e) {
      lost(!mayPass(e.getSQLState()), summary(e.getSQLState()), Objects.toString(e.getMessage()));
      return;
    }
    if (health.reason(Part.DATABASE).isPresent()) {
      health.up(Part.DATABASE);
      if (everReached) {
        LOG.infof("The database answers again");
      } else {
        everReached = true;
        reached.run();
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Setting.DB_USER.text());
    properties.setProperty("password", Setting.DB_PASSWORD.text());
    properties.setProperty("ApplicationName", "refdata health");
    properties.setProperty("connectTimeout", CONNECTION_SECONDS);
    properties.setProperty("loginTimeout", CONNECTION_SECONDS);
    properties.setProperty("socketTimeout", CONNECTION_SECONDS);
    Connection opened = new Driver().connect(Setting.DB_URL.text(), properties);
    if (opened == null) {
      throw new SQLException("refdata.db.url is no address of a PostgreSQL database", "2E000");
    }
    return opened;
  }

  /**
   * True if a failure may pass by itself: a lost connection (class 08), too many connections (53),
   * a server that starts or stops (57P). A wrong password (28) or a database that does not exist
   * (3D) needs an operator.
   */
  static boolean mayPass(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
  }

  /** The reason that anybody may learn: neither the address of the database nor its user. */
  static String summary(@Nullable String state) {
    return switch (state == null || state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" -> "it does not answer";
      case "28" -> "it refuses the user of the settings";
      case "3D" -> "it does not exist";
      case "53" -> "it has no connection left";
      case "57" -> "it starts or stops";
      default -> "the log says why";
    };
  }

  /**
   * @param summary what {@code /health} tells
   * @param why what the log tells
   */
  private void lost(boolean permanent, String summary, String why) {
    close();
    // The driver repeats an address that it can't read, and there may be a password in it.
    String reason =
        why.replace(Setting.DB_URL.text(), address)
            .lines()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .collect(joining("; "));
    String line = "The database %s (refdata.db.url): %s".formatted(address, reason);
    if (permanent && !everReached) {
      health.down(Part.DATABASE, summary);
      End.because(line);
    }
    boolean news = health.reason(Part.DATABASE).map(before -> !before.equals(summary)).orElse(true);
    health.down(Part.DATABASE, summary);
    if (news || System.nanoTime() - lastWarning > BETWEEN_WARNINGS.toNanos()) {
      lastWarning = System.nanoTime();
      LOG.warnf("%s; tried again every second", line);
    }
  }

  private void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("A connection that is closed after a failure", e);
      }
    }
  }
}
