package io.refdata.batch.load;

import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.State;
import io.refdata.persistence.load.Loads;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * A step of the job {@code load}. What the load's record says decides whether there is anything to
 * do. A fault of the file or of its order is written there, in words for whoever sent it; whatever
 * else goes wrong, the job ends and the load is put back, to be taken up again later.
 */
abstract class LoadStep implements Batchlet {
  /** The job parameter, and the property of each step, that holds the load's number. */
  static final String LOAD = "load";

  private static final Logger LOG = Logger.getLogger(LoadStep.class);
  private static final String GO_ON = "GO_ON";
  private static final String ENDED = "ENDED";

  @Inject protected JobContext job;
  @Inject protected Jdbi jdbi;
  @Inject protected Loads loads;
  @Inject private RunningLoads underway;
  @Inject private Dispatcher dispatcher;
  @Inject private FailedTry failedTry;

  @Inject
  @BatchProperty(name = LOAD)
  private String load;

  private volatile boolean suspended;

  /** Does it; answers whether another step follows. */
  protected abstract boolean run(Load load) throws IOException;

  @Override
  public final String process() {
    long id = Long.parseLong(load);
    if (!underway.begin(id)) {
      LOG.infof("Another job is at work on load %d: this one ends", id);
      return ENDED;
    }
    boolean goOn = false;
    Duration pause = Duration.ZERO;
    try {
      goOn = runOrRefuse(id);
    } catch (Throwable e) { // Whatever it is, the load must not stay behind without a job.
      pause = putBack(id, e);
    } finally {
      underway.end(id);
      if (!goOn) {
        dispatcher.over(id, pause);
      }
    }
    return goOn ? GO_ON : ENDED;
  }

  private boolean runOrRefuse(long id) throws IOException {
    try {
      return run(loads.find(id).orElseThrow());
    } catch (InvalidLoad e) {
      LOG.infof("Load %d failed: %s", id, e.getMessage());
      loads.end(id, State.FAILED, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Duration putBack(long id, Throwable failure) {
    try {
      return failedTry.putBack(id, failure);
    } catch (RuntimeException e) {
      LOG.debugf(e, "Load %d is put back without a word", id);
      return Duration.ZERO;
    }
  }

  /** The server is suspended; it is about to end. */
  @Override
  public final void stop() {
    suspended = true;
    dispatcher.suspended();
  }

  /** Whether the load is to be let be. */
  protected final boolean stopped() {
    return suspended || underway.isStopped(Long.parseLong(load));
  }
}
