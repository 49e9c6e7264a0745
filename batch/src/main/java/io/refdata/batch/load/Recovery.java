package io.refdata.batch.load;

import io.refdata.persistence.load.Load;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.load.StagingTables;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with the loads that were on their way when the server ended, however it ended, and with
 * those whose job ended under them: if the database goes away while the batch runtime writes down
 * where a job is, the job is over and no step is told.
 */
@ApplicationScoped
public class Recovery {
  private static final Logger LOG = Logger.getLogger(Recovery.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** As many jobs may be at work as the batch runtime has threads; what is more waits for one. */
  private static final int THREADS = Integer.getInteger("refdata.batch.threads", 8);

  @Inject private Loads loads;
  @Inject private Payloads payloads;
  @Inject private Jdbi jdbi;
  @Inject private Underway underway;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private Set<Long> idle = Set.of();
  private @Nullable ScheduledFuture<?> looking;

  void resume(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    payloads.removeUnfinished();
    left().forEach(this::goOn);
    looking =
        scheduler.scheduleWithFixedDelay(
            this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void end() {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  /** What is on its way, or has ended and left something in staging. */
  private List<Load> left() {
    return Stream.concat(loads.unfinished().stream(), loads.untidy().stream()).toList();
  }

  private void look() {
    try {
      List<Load> atRest = left().stream().filter(load -> !underway.has(load.id())).toList();
      Set<Long> before = idle;
      idle = atRest.stream().map(Load::id).collect(Collectors.toSet());
      if (underway.count() < THREADS) {
        // At rest at two looks: between two steps nothing is at work on a load, but not for long.
        atRest.stream().filter(load -> before.contains(load.id())).forEach(this::goOn);
      }
    } catch (RuntimeException e) {
      LOG.debug("Looking for loads that nothing is at work on", e);
    }
  }

  private void goOn(Load load) {
    if (load.state() == Load.State.FAILED || load.state() == Load.State.STOPPED) {
      new StagingTables(load.id()).drop(jdbi);
      return;
    }
    LOG.infof("Load %d is %s and nothing is at work on it; it goes on", load.id(), load.state());
    Properties parameters = new Properties();
    parameters.setProperty(LoadStep.LOAD, Long.toString(load.id()));
    BatchRuntime.getJobOperator().start("load", parameters);
  }
}
