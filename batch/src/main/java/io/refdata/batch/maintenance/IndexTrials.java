package io.refdata.batch.maintenance;

import io.refdata.persistence.index.RemoveInvalidIndexes;
import io.refdata.persistence.index.trial.Trials.TrialRequested;
import io.refdata.persistence.index.trial.TryIndexes;
import io.refdata.persistence.upkeep.Task;
import io.refdata.persistence.upkeep.Tasks;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * Goes on with a trial of an index as soon as an operator asks for it, and removes at start what a
 * crash has left of a build.
 */
@ApplicationScoped
public class IndexTrials {
  private static final Logger LOG = Logger.getLogger(IndexTrials.class);

  @Inject private Tasks tasks;
  @Inject private TryIndexes trials;
  @Inject private RemoveInvalidIndexes removal;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public IndexTrials() {}

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    scheduler.submit(() -> run(removal));
  }

  void requested(@Observes TrialRequested trial) {
    scheduler.submit(() -> run(trials));
  }

  private void run(Task task) {
    try {
      tasks.run(task);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Task %s failed; it is due again by its schedule", task.name());
    }
  }
}
