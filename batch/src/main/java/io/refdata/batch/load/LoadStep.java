package io.refdata.batch.load;

import io.refdata.persistence.Connections;
import io.refdata.persistence.load.Load;
import io.refdata.persistence.load.Load.State;
import io.refdata.persistence.load.LoadRefused;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.StagingTables;
import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.context.JobContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * A step of the job {@code load}. What the load's record says decides whether there is anything to
 * do; a step that fails writes there why, in words for whoever sent the file.
 */
abstract class LoadStep implements Batchlet {
  /** The job parameter that holds the load's number. */
  static final String LOAD = "load";

  private static final Logger LOG = Logger.getLogger(LoadStep.class);
  private static final String GO_ON = "GO_ON";
  private static final String ENDED = "ENDED";

  /** For how long a load waits for a database that has gone away. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Inject protected JobContext job;
  @Inject protected Jdbi jdbi;
  @Inject protected Loads loads;
  @Inject private Connections connections;
  @Inject private Underway underway;

  private volatile boolean stopped;

  /** Does it; answers whether the next step may follow. */
  protected abstract boolean run(Load load) throws IOException;

  @Override
  public final String process() throws IOException {
    long id =
        Long.parseLong(
            BatchRuntime.getJobOperator().getParameters(job.getExecutionId()).getProperty(LOAD));
    if (!underway.begin(id)) {
      LOG.infof("Another job is at work on load %d: this one ends", id);
      return ENDED;
    }
    try {
      return process(id);
    } finally {
      underway.end(id);
    }
  }

  private String process(long id) {
    while (true) {
      try {
        if (run(loads.find(id).orElseThrow())) {
          return GO_ON;
        }
        if (loads.find(id).orElseThrow().state() == State.STOPPED) {
          new StagingTables(id).drop(jdbi);
        }
        return ENDED;
      } catch (LoadRefused e) {
        LOG.infof("Load %d failed: %s", id, e.getMessage());
        fail(id, String.valueOf(e.getMessage()));
        return ENDED;
      } catch (IOException | RuntimeException e) {
        if (Connections.lost(e) && connections.awaitDatabase(PATIENCE, this::stopped)) {
          LOG.warnf("Load %d lost its connection (%s) and goes on", id, e.getMessage());
          continue;
        }
        UUID failure = UUID.randomUUID();
        LOG.errorf(e, "Failure %s of load %d", failure, id);
        fail(id, "The service failed; it is logged under " + failure + ".");
        return ENDED;
      }
    }
  }

  private void fail(long id, String message) {
    loads.end(id, State.FAILED, message);
    new StagingTables(id).drop(jdbi);
  }

  /** The server goes down, or somebody has stopped the load. */
  @Override
  public final void stop() {
    stopped = true;
  }

  protected final boolean stopped() {
    return stopped;
  }
}
