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
 * A step of the job {@code load}. The state in the load's record decides whether the step has work
 * to do. A fault of the file or of its order is written to the record, as a message for the sender.
 * After any other failure the job ends, and the load is put back into the queue for a later try.
 */
abstract class LoadStep implements Batchlet {
  /** The name of the job parameter and of the steps' property that hold the id of the load. */
  static final String LOAD = "load";

  private static final Logger LOG = Logger.getLogger(LoadStep.class);
  private static final String GO_ON = "GO_ON";
  private static final String ENDED = "ENDED";

  @Inject protected JobContext job;
  @Inject protected Jdbi jdbi;
  @Inject protected Loads loads;
  @Inject private RunningLoads runningLoads;
  @Inject private Dispatcher dispatcher;
  @Inject private Retries failedTry;

  @Inject
  @BatchProperty(name = LOAD)
  private String load;

  private volatile boolean suspended;

  /**
   * Runs the step.
   *
   * @return true if another step follows
   */
  protected abstract boolean run(Load load) throws IOException;

  @Override
  public final String process() {
    long id = Long.parseLong(load);
    if (!runningLoads.beginStep(id)) {
      LOG.infof("Another job works on load %d: this job ends", id);
      return ENDED;
    }
    boolean goOn = false;
    Duration pause = Duration.ZERO;
    try {
      goOn = runOrFail(id);
    } catch (Throwable e) { // After any error the load must get a job again.
      pause = putBack(id, e);
    } finally {
      runningLoads.endStep(id);
      if (!goOn) {
        dispatcher.jobEnded(id, pause);
      }
    }
    return goOn ? GO_ON : ENDED;
  }

  private boolean runOrFail(long id) throws IOException {
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
      LOG.debugf(e, "Load %d is put back without a message", id);
      return Duration.ZERO;
    }
  }

  /** The server is suspended because it is about to shut down. */
  @Override
  public final void stop() {
    suspended = true;
    dispatcher.serverSuspended();
  }

  /** Whether the step must stop working on the load. */
  protected final boolean stopped() {
    return suspended || runningLoads.isStopped(Long.parseLong(load));
  }
}
