package io.refdata.batch.load;

import io.refdata.domain.load.Load.State;
import io.refdata.persistence.Connections;
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
 * Starts a job for each load that something is left to do for: when it has come, when one before it
 * has ended, when its pause after a failure is over, and whenever nothing is at work on it for
 * whatever reason. Nothing waits for its turn but here, in the record of loads.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /** What nobody tells of is found so often: a job that died, a record that was changed by hand. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** After a look that failed: a lost connection is there again at once, or nothing can be done. */
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  /** Longer than a server that is told to end waits for its requests. */
  private static final Duration SUSPENSION = Duration.ofSeconds(30);

  /** A load that the server has ended under so often may be why; {@code -Drefdata.load.crashes}. */
  private static final int MOST_CRASHES = (int) Setting.LOAD_CRASHES.number();

  /** What a load takes of the heap at most, unless its file names very many series. */
  private static final long HEAP_FOR_A_LOAD = 96L << 20;

  /** As many as the batch runtime has threads for, and the heap room. */
  private static final int MOST_AT_ONCE =
      (int)
          Math.max(
              1,
              Math.min(
                  Setting.BATCH_THREADS.number(),
                  Runtime.getRuntime().maxMemory() / HEAP_FOR_A_LOAD));

  @Inject private LoadQueue queue;
  @Inject private Payloads payloads;
  @Inject private Jdbi jdbi;
  @Inject private Connections connections;
  @Inject private RunningLoads underway;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private final AtomicBoolean asked = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> looking;
  private boolean counted;
  private volatile boolean ended;
  private volatile long startNothingUntil = System.nanoTime();

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    payloads.removeUnfinished();
    looking =
        scheduler.scheduleWithFixedDelay(
            this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The server ends in order: what is under way goes on at the next start, as no suspect. */
  @PreDestroy
  void end() {
    ended = true;
    if (looking != null) {
      looking.cancel(false);
    }
    try {
      queue.endAllWork();
    } catch (RuntimeException e) {
      LOG.debug("What is under way will count as under way in a crash", e);
    }
  }

  void changed(@Observes LoadChanged load) {
    if (load.stopped()) {
      underway.stop(load.load());
    }
    wake(Duration.ZERO);
  }

  /** The job of a load is over, whatever came of it. */
  void over(long load, Duration pause) {
    try {
      queue.endWork(load);
    } catch (RuntimeException e) {
      LOG.debugf(e, "Load %d will be taken up again", load);
    } finally {
      underway.release(load);
      wake(Duration.ZERO);
      if (!pause.isZero()) {
        wake(pause);
      }
    }
  }

  /** The server is suspended, which ends jobs; it ends then, or goes on. */
  void suspended() {
    startNothingUntil = System.nanoTime() + SUSPENSION.toNanos();
  }

  private void wake(Duration pause) {
    try {
      if (!pause.isZero()) {
        scheduler.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
      } else if (asked.compareAndSet(false, true)) {
        scheduler.execute(
            () -> {
              asked.set(false);
              look();
            });
      }
    } catch (RejectedExecutionException | IllegalStateException e) {
      asked.set(false);
      LOG.debug("The server ends", e);
    }
  }

  private synchronized void look() {
    if (ended || System.nanoTime() - startNothingUntil < 0) {
      return;
    }
    try {
      if (!counted) {
        int stopped = queue.countCrashes(MOST_CRASHES);
        if (stopped > 0) {
          LOG.warnf("%d loads were under way whenever the server ended, and are stopped", stopped);
        }
        counted = true;
      }
      queue.withStagingLeft().forEach(this::tidyUp);
      queue.due().forEach(this::goOn);
    } catch (RuntimeException e) {
      LOG.debug("Looking for loads that something is left to do for", e);
      if (Connections.lost(e)) {
        connections.dropDead();
        wake(AFTER_FAILURE);
      } else {
        LOG.errorf("Loads are not started: %s", e.getMessage());
      }
    }
  }

  private void tidyUp(Due load) {
    if (load.state() == State.COMPLETED) {
      goOn(load);
    } else if (underway.take(load.id(), false)) {
      try {
        new StagingTables(load.id()).drop(jdbi);
      } finally {
        underway.release(load.id());
      }
    }
  }

  private void goOn(Due load) {
    if (underway.count() >= MOST_AT_ONCE
        // One of those is what ended the server, it may be; a second time shows which.
        || (load.suspect() && underway.hasSuspect())
        || !underway.take(load.id(), load.suspect())) {
      return;
    }
    try {
      queue.beginWork(load.id());
      Properties parameters = new Properties();
      parameters.setProperty(LoadStep.LOAD, Long.toString(load.id()));
      BatchRuntime.getJobOperator().start("load", parameters);
    } catch (RuntimeException e) {
      underway.release(load.id());
      throw e;
    }
  }
}
