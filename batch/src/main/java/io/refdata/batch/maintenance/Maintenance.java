package io.refdata.batch.maintenance;

import io.refdata.persistence.Connections;
import io.refdata.persistence.Recurring;
import io.refdata.persistence.upkeep.Task.Pace;
import io.refdata.persistence.upkeep.Tasks;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for tasks that are due, and runs them one after the other; those of each pace beside the
 * others. The record of schedules is the only clock, so several nodes share the work.
 */
@ApplicationScoped
public class Maintenance {
  private static final Logger LOG = Logger.getLogger(Maintenance.class);

  /** The pause between two looks; {@code -Drefdata.maintenance.tick}. */
  private static final Duration TICK = Setting.MAINTENANCE_TICK.time();

  @Inject private Tasks tasks;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private final List<ScheduledFuture<?>> looks = new ArrayList<>();
  private boolean started;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public Maintenance() {}

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object event) {
    for (Pace pace : Pace.values()) {
      looks.add(every(pace));
    }
  }

  private ScheduledFuture<?> every(Pace pace) {
    return scheduler.scheduleWithFixedDelay(
        new Recurring("Looking for tasks that are due", () -> look(pace)),
        0,
        TICK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void end() {
    looks.forEach(look -> look.cancel(true));
  }

  private void look(Pace pace) {
    try {
      start();
      tasks.runDue(pace);
    } catch (RuntimeException e) {
      if (Connections.lost(e)) {
        LOG.debug("The tasks wait for the database", e);
      } else {
        LOG.errorf(e, "The tasks that look after the database could not be run");
      }
    }
  }

  /** Runs the tasks of the start, before all others. */
  private synchronized void start() {
    if (!started) {
      tasks.start();
      started = true;
    }
  }
}
