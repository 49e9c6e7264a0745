package io.refdata.batch.load;

import io.refdata.batch.load.observation.SeriesRoom;
import io.refdata.domain.load.Load.State;
import io.refdata.persistence.Connections;
import io.refdata.persistence.Trouble;
import io.refdata.persistence.load.LoadQueue;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What becomes of a load that came to nothing without a fault of its file: it is tried again after
 * a pause, until it has been tried often enough to know that it will not do; then it is stopped,
 * and says why.
 */
@ApplicationScoped
public class FailedTry {
  private static final Logger LOG = Logger.getLogger(FailedTry.class);

  /**
   * An outage ends by itself or by an operator's hand: with pauses that grow to a minute, some two
   * hours; {@code -Drefdata.load.outages}.
   */
  private static final long MOST_OUTAGES = Setting.LOAD_OUTAGES.number();

  /** What nobody expected happens again, as a rule; {@code -Drefdata.load.failures}. */
  private static final long MOST_FAILURES = Setting.LOAD_FAILURES.number();

  @Inject private LoadQueue queue;
  @Inject private Loads loads;
  @Inject private Connections connections;

  /**
   * Puts the load back.
   *
   * @return for how long nothing is to be done for it
   */
  Duration putBack(long load, Throwable failure) {
    Optional<Trouble> trouble = Trouble.of(failure);
    if (trouble.equals(Optional.of(Trouble.CONNECTION_LOST))) {
      connections.dropDead();
    }
    boolean outage =
        trouble.isPresent()
            || failure instanceof StagingLost
            || failure instanceof SeriesRoom.NoRoomNow;
    String what = trouble.map(Trouble::sentence).orElseGet(() -> log(load, failure));
    if (outage) {
      LOG.warnf("Load %d came to nothing for now: %s", load, failure.getMessage());
    }
    State state = loads.find(load).orElseThrow().state();
    String met = "While %s: %s".formatted(state, what);
    LoadQueue.Tries tries = queue.retryLater(load, outage, met + " It is tried again.");
    if (tries.outages() > MOST_OUTAGES || tries.failures() >= MOST_FAILURES) {
      loads.end(
          load,
          State.STOPPED,
          met
              + " It was tried %d times. Restart it when that is mended."
                  .formatted(tries.outages() + tries.failures()));
    }
    return tries.pause();
  }

  private static String log(long load, Throwable failure) {
    if (failure instanceof StagingLost) {
      return "The database crashed, and what was staged is gone.";
    }
    if (failure instanceof SeriesRoom.NoRoomNow) {
      return failure.getMessage() + ".";
    }
    UUID id = UUID.randomUUID();
    LOG.errorf(failure, "Failure %s of load %d", id, load);
    return failure instanceof OutOfMemoryError
        ? "The server's memory does not do; it is logged under " + id + "."
        : "The service failed; it is logged under " + id + ".";
  }
}
