package io.refdata.batch.load;

import io.refdata.batch.load.observation.SeriesMemory;
import io.refdata.domain.load.Load.State;
import io.refdata.persistence.Connections;
import io.refdata.persistence.Trouble;
import io.refdata.persistence.load.LoadQueue;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Handles a load that failed although its file has no fault. The load is tried again after a pause.
 * After a maximum number of tries it is stopped, with the reason in its message.
 */
@ApplicationScoped
public class Retries {
  private static final Logger LOG = Logger.getLogger(Retries.class);

  /**
   * The number of tries during an outage, which ends by itself or by an operator's action. The
   * pauses grow to a minute, so the tries last about two hours; {@code -Drefdata.load.outages}.
   */
  private static final long MAX_OUTAGES = Setting.LOAD_OUTAGES.number();

  /**
   * The number of tries after an unexpected failure, which usually happens again; {@code
   * -Drefdata.load.failures}.
   */
  private static final long MAX_FAILURES = Setting.LOAD_FAILURES.number();

  @Inject private LoadQueue queue;
  @Inject private Loads loads;
  @Inject private Jdbi jdbi;
  @Inject private Connections connections;

  /**
   * Puts the load back into the queue.
   *
   * @return the pause before the next try
   */
  Duration putBack(long load, Throwable failure) {
    Optional<Trouble> trouble = Trouble.of(failure);
    if (trouble.equals(Optional.of(Trouble.CONNECTION_LOST))) {
      connections.dropDead();
    }
    boolean outage =
        trouble.isPresent()
            || failure instanceof StagingLost
            || failure instanceof SeriesMemory.NoRoomNow;
    String cause = trouble.map(Trouble::sentence).orElseGet(() -> describe(load, failure));
    if (failure instanceof StagingLost) {
      new StagingTables(load).drop(jdbi);
    }
    if (outage) {
      LOG.warnf("Load %d failed for now: %s", load, failure.getMessage());
    }
    State state = loads.find(load).orElseThrow().state();
    String message = "While %s: %s".formatted(state, cause);
    LoadQueue.Tries tries = queue.retryLater(load, outage, message + " It is tried again.");
    if (tries.outages() > MAX_OUTAGES || tries.failures() >= MAX_FAILURES) {
      loads.end(
          load,
          State.STOPPED,
          message
              + " It was tried %d times. Restart it when the problem is solved."
                  .formatted(tries.outages() + tries.failures()));
    }
    return tries.pause();
  }

  private static String describe(long load, Throwable failure) {
    if (failure instanceof StagingLost) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof SeriesMemory.NoRoomNow) {
      return failure.getMessage() + ".";
    }
    UUID id = UUID.randomUUID();
    LOG.errorf(failure, "Failure %s of load %d", id, load);
    return failure instanceof OutOfMemoryError
        ? "The server ran out of memory; it is logged under " + id + "."
        : "The service failed; it is logged under " + id + ".";
  }
}
