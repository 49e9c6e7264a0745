package io.refdata.api.signal;

import io.refdata.api.problem.Failures;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.signal.SignalResults.Stored;
import io.refdata.persistence.Connections;
import io.refdata.persistence.signal.SignalMetrics;
import io.refdata.persistence.signal.SignalQueue;
import io.refdata.persistence.signal.SignalQueue.Claimed;
import io.refdata.persistence.signal.SignalRun.State;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works out the signals that are due, some at a time. It looks for them every few seconds, and when
 * one was written or has ended: another may have waited for it.
 */
@ApplicationScoped
public class SignalRunner {
  private static final Logger LOG = Logger.getLogger(SignalRunner.class);
  private static final int AT_A_TIME = (int) Setting.SIGNALS_AT_A_TIME.number();
  private static final Duration EVERY = Setting.SIGNALS_EVERY.time();

  @Inject private SignalQueue queue;
  @Inject private SignalResults results;
  @Inject private SignalMetrics metrics;
  @Inject private Failures failures;
  @Inject private Connections connections;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
  private ExecutorService threads;

  private final Map<Long, Claimed> running = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> looks;
  private volatile boolean shutDown;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public SignalRunner() {}

  void start(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    looks =
        scheduler.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What runs is begun again when its claim runs out: to write the same twice changes nothing. */
  @PreDestroy
  void end() {
    shutDown = true;
    if (looks != null) {
      looks.cancel(false);
    }
  }

  /** A signal was written, or has ended. */
  void wake() {
    try {
      scheduler.execute(this::look);
    } catch (RejectedExecutionException | IllegalStateException e) {
      LOG.debug("The server ends", e);
    }
  }

  private synchronized void look() {
    if (shutDown) {
      return;
    }
    try {
      running.values().forEach(queue::renew);
      int free = AT_A_TIME - running.size();
      if (free > 0) {
        queue.claim(free).forEach(this::begin);
      }
    } catch (RuntimeException e) {
      LOG.debug("Looking for signals that are due failed", e);
      if (Connections.lost(e)) {
        connections.dropDead();
      } else {
        LOG.errorf("Signals are not worked out: %s", e.getMessage());
      }
    }
  }

  private void begin(Claimed claimed) {
    running.put(claimed.run(), claimed);
    try {
      threads.execute(() -> work(claimed));
    } catch (RejectedExecutionException | IllegalStateException e) {
      running.remove(claimed.run());
      queue.release(claimed, EVERY);
    }
  }

  private void work(Claimed claimed) {
    try {
      Stored stored = results.store(claimed);
      queue.complete(claimed, stored.rows(), stored.revision());
      metrics.ended(State.COMPLETED);
    } catch (RuntimeException e) {
      try {
        failed(claimed, e);
      } catch (RuntimeException unrecorded) {
        LOG.debugf(unrecorded, "Run %d is begun again when its claim runs out", claimed.run());
      }
    } finally {
      running.remove(claimed.run());
      wake();
    }
  }

  private void failed(Claimed claimed, RuntimeException failure) {
    Problem problem = failures.problem(failure);
    if (problem.type() == ProblemType.UNAVAILABLE) {
      LOG.debugf(failure, "Run %d is begun again", claimed.run());
      queue.release(claimed, EVERY);
    } else {
      String message =
          problem.errors().isEmpty()
              ? String.valueOf(problem.getMessage())
              : problem.errors().stream()
                  .map(error -> error.where() + " " + error.detail())
                  .collect(Collectors.joining("; "));
      queue.fail(claimed, message);
      metrics.ended(State.FAILED);
      LOG.warnf("Signal %s failed: %s", claimed.signal().code(), message);
    }
  }
}
