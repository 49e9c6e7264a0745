package io.refdata.batch.load;

import io.refdata.domain.load.Load.State;
import io.refdata.persistence.Connections;
import io.refdata.persistence.Recurring;
import io.refdata.persistence.load.LoadChanged;
import io.refdata.persistence.load.LoadQueue;
import io.refdata.persistence.load.LoadQueue.Due;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.settings.Setting;
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
import java.util.Properties;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Starts a job for each load that still has work to do: when the load arrives, when a load before
 * it ends, when its pause after a failure is over, and when no job works on it for any other
 * reason. The record of loads is the only queue.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /**
   * The interval of checks for changes without an event: a job that died, a record that was changed
   * by hand.
   */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  /**
   * The pause after a check that failed. A lost connection either comes back at once, or waiting
   * longer does not help.
   */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  /** Longer than a server that shuts down waits for its requests. */
  private static final Duration SUSPENSION = Duration.ofSeconds(30);

  /**
   * A load that was running in this number of crashes may be their cause; {@code
   * -Drefdata.load.crashes}.
   */
  private static final int MAX_CRASHES = (int) Setting.LOAD_CRASHES.number();

  /** The heap in bytes that one load needs at most, unless its file has very many series. */
  private static final long HEAP_PER_LOAD = 96L << 20;

  /** The largest number of jobs that the threads of the batch runtime and the heap allow. */
  private static final int MAX_RUNNING =
      (int)
          Math.max(
              1,
              Math.min(
                  Setting.BATCH_THREADS.number(),
                  Runtime.getRuntime().maxMemory() / HEAP_PER_LOAD));

  @Inject private LoadQueue queue;
  @Inject private Payloads payloads;
  @Inject private Jdbi jdbi;
  @Inject private Connections connections;
  @Inject private RunningLoads runningLoads;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private final Runnable look =
      new Recurring("Looking for loads that have work to do", this::check);
  private final AtomicBoolean checkRequested = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> checks;
  private boolean crashesCounted;
  private volatile boolean shutDown;
  private volatile long startNoJobUntil = System.nanoTime();

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    payloads.removeUnfinished();
    checks =
        scheduler.scheduleWithFixedDelay(look, 0, CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The server shuts down normally: running loads continue at the next start and are not suspected
   * of a crash.
   */
  @PreDestroy
  void end() {
    shutDown = true;
    if (checks != null) {
      checks.cancel(false);
    }
    try {
      queue.endAllWork();
    } catch (RuntimeException e) {
      LOG.debug("Running loads will count as running in a crash", e);
    }
  }

  void changed(@Observes LoadChanged load) {
    if (load.stopped()) {
      runningLoads.stop(load.load());
    }
    wake(Duration.ZERO);
  }

  /** The job of a load has ended, with any result. */
  void jobEnded(long load, Duration pause) {
    try {
      queue.endWork(load);
    } catch (RuntimeException e) {
      LOG.debugf(e, "A job will be started for load %d again", load);
    } finally {
      runningLoads.release(load);
      wake(Duration.ZERO);
      if (!pause.isZero()) {
        wake(pause);
      }
    }
  }

  /** The server is suspended, and its jobs end. Afterwards it shuts down or resumes. */
  void serverSuspended() {
    startNoJobUntil = System.nanoTime() + SUSPENSION.toNanos();
  }

  private void wake(Duration pause) {
    try {
      if (!pause.isZero()) {
        scheduler.schedule(look, pause.toMillis(), TimeUnit.MILLISECONDS);
      } else if (checkRequested.compareAndSet(false, true)) {
        scheduler.execute(
            () -> {
              checkRequested.set(false);
              look.run();
            });
      }
    } catch (RejectedExecutionException | IllegalStateException e) {
      checkRequested.set(false);
      LOG.debug("The server ends", e);
    }
  }

  private synchronized void check() {
    if (shutDown || System.nanoTime() - startNoJobUntil < 0) {
      return;
    }
    try {
      if (!crashesCounted) {
        int stopped = queue.countCrashes(MAX_CRASHES);
        if (stopped > 0) {
          LOG.warnf("%d loads were running in each of the last crashes and are stopped", stopped);
        }
        crashesCounted = true;
      }
      queue.due().forEach(this::startJob);
      queue.withStagingLeft().forEach(this::tidyUp);
    } catch (RuntimeException e) {
      LOG.debug("Checking for loads that have work to do failed", e);
      if (Connections.lost(e)) {
        connections.dropDead();
        wake(PAUSE_AFTER_FAILURE);
      } else {
        LOG.errorf("Loads are not started: %s", e.getMessage());
      }
    }
  }

  private void tidyUp(Due load) {
    if (load.state() == State.COMPLETED) {
      startJob(load);
    } else if (runningLoads.claim(load.id(), false)) {
      try {
        new StagingTables(load.id()).dropSoon(jdbi);
      } catch (RuntimeException e) {
        if (Connections.lost(e)) {
          throw e;
        }
        // A backup may hold them for long: the next check tries again.
        LOG.debugf(e, "The staging tables of load %d stay for now", load.id());
      } finally {
        runningLoads.release(load.id());
      }
    }
  }

  private void startJob(Due load) {
    if (runningLoads.count() >= MAX_RUNNING
        // One of the suspects may have crashed the server. They run one at a time, so that the next
        // crash shows which one.
        || (load.suspect() && runningLoads.hasSuspect())
        || !runningLoads.claim(load.id(), load.suspect())) {
      return;
    }
    try {
      queue.beginWork(load.id());
      Properties parameters = new Properties();
      parameters.setProperty(LoadStep.LOAD, Long.toString(load.id()));
      BatchRuntime.getJobOperator().start("load", parameters);
    } catch (RuntimeException | Error e) {
      runningLoads.release(load.id());
      throw e;
    }
  }
}
