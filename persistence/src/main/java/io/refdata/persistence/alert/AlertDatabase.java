package io.refdata.persistence.alert;

import io.refdata.persistence.Connections;
import io.refdata.persistence.Database;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The session in which alerts are looked for and sent. It is not one of the pool, so that alerts
 * open when the pool has no free connection, and all its waits are bounded, so that a database that
 * stands still counts as down. One thread uses it at a time.
 */
@ApplicationScoped
public class AlertDatabase {
  private static final Duration WAIT = Setting.ALERTS_DATABASE_WAIT.time();

  /** The name of the session; those of the pool are called {@code refdata}. */
  private static final String APPLICATION = "refdata-alerts";

  /** The driver gives up after the database has had the time to do so. */
  private static final int LATER_SECONDS = 2;

  private final Jdbi jdbi;
  private @Nullable Handle session;

  @Inject
  public AlertDatabase() {
    this(ofSettings());
  }

  /** With sessions of any data source. */
  public AlertDatabase(DataSource dataSource) {
    this.jdbi = Database.of(dataSource);
  }

  private static DataSource ofSettings() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(Setting.DB_URL.text());
    dataSource.setUser(Setting.DB_USER.text());
    dataSource.setPassword(Setting.DB_PASSWORD.text());
    dataSource.setApplicationName(APPLICATION);
    int seconds = (int) Math.max(1, WAIT.toSeconds());
    dataSource.setConnectTimeout(seconds);
    dataSource.setLoginTimeout(seconds);
    dataSource.setSocketTimeout(seconds + LATER_SECONDS);
    dataSource.setTcpKeepAlive(true);
    return dataSource;
  }

  /**
   * True if a failure of some work says that the database is down: that the session was lost, or
   * could not be opened, for whatever reason. A database that has no connection left, refuses the
   * password or does not exist is as useless as one that does not answer.
   */
  public static boolean isDown(Throwable failure) {
    return failure instanceof ConnectionException || Connections.lost(failure);
  }

  /** Works in the session; if that fails, the next work gets a new one. */
  public synchronized <T> T with(Function<Handle, T> work) {
    try {
      return work.apply(session());
    } catch (RuntimeException | Error e) {
      drop(e);
      throw e;
    }
  }

  /** Works in the session. */
  public void use(Consumer<Handle> work) {
    with(
        handle -> {
          work.accept(handle);
          return true;
        });
  }

  private Handle session() {
    Handle open = session;
    if (open == null) {
      open = jdbi.open();
      session = open;
      open.execute(
          "select set_config('statement_timeout', ?, false), set_config('lock_timeout', ?, false)",
          WAIT.toMillis() + "ms",
          WAIT.toMillis() + "ms");
    }
    return open;
  }

  private void drop(Throwable failure) {
    Handle open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  @PreDestroy
  public synchronized void close() {
    Handle open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
