package io.refdata.api.signal;

import io.refdata.api.problem.Failures;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.queue.ClaimedWork;
import io.refdata.api.queue.Queue;
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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
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

  private @Nullable ClaimedWork<Claimed> work;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public SignalRunner() {}

  void start(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    work = new ClaimedWork<>(new Runs(), AT_A_TIME, connections, scheduler, threads);
    work.start(EVERY);
  }

  /**
   * Stops the work. A run is begun again when its claim runs out: to write the same twice changes
   * nothing.
   */
  @PreDestroy
  void end() {
    if (work != null) {
      work.stop();
    }
  }

  /** A signal was written. */
  void wake() {
    if (work != null) {
      work.wake();
    }
  }

  /** The signals that are due. */
  private final class Runs implements Queue<Claimed> {
    @Override
    public String name() {
      return "signals";
    }

    @Override
    public List<Claimed> claim(int most) {
      return queue.claim(most);
    }

    @Override
    public void renew(Claimed claimed) {
      queue.renew(claimed);
    }

    @Override
    public void release(Claimed claimed) {
      queue.release(claimed);
    }

    @Override
    public void work(Claimed claimed) {
      try {
        Stored stored = results.store(claimed);
        queue.complete(claimed, stored.rows(), stored.revision());
        metrics.ended(State.COMPLETED);
      } catch (RuntimeException e) {
        failed(claimed, e);
      }
    }
  }

  private void failed(Claimed claimed, RuntimeException failure) {
    Problem problem = failures.problem(failure);
    if (problem.type() == ProblemType.UNAVAILABLE) {
      LOG.debugf(failure, "Run %d is begun again", claimed.run());
      if (queue.putOff(claimed, EVERY, String.valueOf(problem.getMessage()))) {
        metrics.ended(State.FAILED);
      }
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
