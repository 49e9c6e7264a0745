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
 * The pool's connections when the database goes away and comes back. The pool has no validation on
 * borrow: whoever sees a connection fail has the dead ones dropped, so that nobody else gets one.
 */
@ApplicationScoped
public class Connections {
  private static final Logger LOG = Logger.getLogger(Connections.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** All that Agroal says if no connection becomes free in time: no state, no class of its own. */
  private static final Set<String> NONE_FREE =
      Set.of("Sorry, acquisition timeout!", "Acquisition timeout while waiting for new connection");

  private static final int VALIDATION_SECONDS = 5;

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  /** Whether a failure comes from a connection that was lost or could not be had. */
  public static boolean lost(Throwable failure) {
    return Causes.of(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && (endsConnection(sql.getSQLState()) || isNoneFree(sql.getMessage())));
  }

  private static boolean isNoneFree(@Nullable String message) {
    return message != null && NONE_FREE.contains(message);
  }

  /** SQLSTATE class 08 is a connection exception, 57P an operator's or a crash's intervention. */
  private static boolean endsConnection(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  /** Drops the connections that are dead. */
  public void dropDead() {
    // Agroal's unwrap() knows no interface, its own included.
    ((AgroalDataSource) dataSource).flush(FlushMode.INVALID);
  }

  /**
   * Waits until the database answers, and drops the connections that died.
   *
   * @param patience for how long
   * @param enough asked between looks: no need to wait any longer
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
