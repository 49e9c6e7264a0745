package io.refdata.persistence;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Repairs the connection pool when the database goes away and comes back. The pool asks a
 * connection whether it is alive only if it was idle for a while. So code that sees a connection
 * fail drops the dead connections, and no other code gets one.
 */
@ApplicationScoped
public class Connections {
  private static final Logger LOG = Logger.getLogger(Connections.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /**
   * The messages of Agroal if no connection becomes free in time, or if the connection of the
   * transaction was lost between two statements, so that another is taken that does not belong to
   * it. Such a failure has no SQLSTATE and no class of its own.
   */
  private static final Set<String> OF_THE_POOL =
      Set.of(
          "Sorry, acquisition timeout!",
          "Acquisition timeout while waiting for new connection",
          "Deferred enlistment not supported");

  private static final int VALIDATION_SECONDS = 5;

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  /** True if a failure comes from a connection that was lost or could not be opened. */
  public static boolean lost(Throwable failure) {
    return Causes.of(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && (endsConnection(sql.getSQLState()) || isOfThePool(sql.getMessage())));
  }

  private static boolean isOfThePool(@Nullable String message) {
    return message != null && OF_THE_POOL.contains(message);
  }

  /** SQLSTATE class 08 is a connection exception, 57P an operator's or a crash's intervention. */
  private static boolean endsConnection(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  /** Drops the connections that are dead. */
  public void dropDead() {
    // Agroal's unwrap() supports no interface, not even its own.
    ((AgroalDataSource) dataSource).flush(FlushMode.INVALID);
  }

  /**
   * Waits until the database answers, and drops the connections that died.
   *
   * @param patience the longest time to wait
   * @param enough asked between two checks; true if there is no need to wait any longer
   * @return whether it answers
   */
  public boolean awaitDatabase(Duration patience, BooleanSupplier enough) {
    long deadline = System.nanoTime() + patience.toNanos();
    do {
      dropDead();
      if (answers()) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    } while (System.nanoTime() < deadline && !enough.getAsBoolean());
    return false;
  }

  private boolean answers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      LOG.debug("The database does not answer yet", e);
      return false;
    }
  }
}
