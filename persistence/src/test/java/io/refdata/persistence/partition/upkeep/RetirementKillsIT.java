package io.refdata.persistence.partition.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Ends all sessions again and again while partitions are retired, until enough runs were cut off;
 * {@code -Dretirement.kills}.
 */
class RetirementKillsIT extends KeptYears {
  private static final int KILLS = Integer.getInteger("retirement.kills", 5);
  private static final int MOST_ROUNDS = 20 * KILLS;
  private static final int LATEST_MILLIS = 60;

  @Test
  void nothingIsLeftHalfDone() throws Exception {
    int cutOff = 0;
    for (int round = 0; cutOff < KILLS && round < MOST_ROUNDS; round++) {
      jdbi.useHandle(handle -> handle.execute("delete from curated.retired_partition"));
      jdbi.useHandle(handle -> handle.execute("select curated.attach_partition(7, '1950-01-01Z')"));
      retain("P3Y", "DETACH");
      if (isCutOff()) {
        cutOff++;
      }
      run();
      assertEnded();
    }
    assertThat(cutOff).isEqualTo(KILLS);
  }

  /** Runs the upkeep and ends its sessions at a random moment; true if that cut it off. */
  private boolean isCutOff() throws InterruptedException, SQLException {
    AtomicBoolean failed = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              try {
                upkeep.run(
                    step ->
                        failed.compareAndSet(
                            false, step.detail() != null && isKill(step.detail())));
              } catch (RuntimeException e) {
                failed.set(true);
              }
            });
    worker.start();
    LockSupport.parkNanos(
        Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, LATEST_MILLIS)).toNanos());
    try (Connection killer = database.dataSource().getConnection();
        Statement statement = killer.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()"
              + " and backend_type = 'client backend'");
    }
    worker.join();
    return failed.get();
  }

  /** The message of a session that was ended. */
  private static boolean isKill(String detail) {
    return detail.contains("terminating connection") || detail.contains("I/O error");
  }
}
