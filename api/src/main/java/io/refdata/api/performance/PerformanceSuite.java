package io.refdata.api.performance;

import io.refdata.persistence.performance.PerformanceResult;
import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.performance.PerformanceRuns;
import io.refdata.persistence.performance.Targets;
import io.refdata.persistence.performance.Verdict;
import io.refdata.persistence.upkeep.Turn;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tests of the running system: one run at a time, of all nodes together, by one thread. A
 * run that ends with its server is marked at the next start.
 */
@ApplicationScoped
public class PerformanceSuite {
  private static final Logger LOG = Logger.getLogger(PerformanceSuite.class);
  private static final String TURN = "PERFORMANCE_RUN";
  private static final Duration KEPT = Setting.PERFORMANCE_KEPT.time();
  private static final Targets TARGETS = Targets.ofRunningSystem();

  @Inject private PerformanceRuns runs;
  @Inject private Turn turn;
  @Inject @Any private Instance<PerformanceTest> tests;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  private volatile @Nullable Future<?> latest;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public PerformanceSuite() {}

  /** Marks a run that the end of a server has cut off. */
  void start(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    scheduler.submit(
        () -> {
          try {
            turn.run(TURN, runs::cutOff);
          } catch (RuntimeException e) {
            LOG.debug("A run that was cut off is marked before the next run", e);
          }
        });
  }

  @PreDestroy
  void stop() {
    Future<?> run = latest;
    if (run != null) {
      run.cancel(true);
    }
  }

  /** The targets that it measures. */
  static Targets targets() {
    return TARGETS;
  }

  /**
   * Begins a run.
   *
   * @param names of the tests, in any order
   * @return its id; if a run is under way, here or on another node, the id of that one
   */
  public UUID begin(AskedBy askedBy, List<String> names) {
    CompletableFuture<UUID> begun = new CompletableFuture<>();
    Future<?> run = scheduler.submit(() -> run(askedBy, names, begun));
    UUID id;
    try {
      id = begun.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    if (!run.isDone()) {
      latest = run;
    }
    return id;
  }

  private void run(AskedBy askedBy, List<String> names, CompletableFuture<UUID> begun) {
    List<String> ordered = TARGETS.tests().stream().filter(names::contains).toList();
    try {
      Optional<UUID> other = Optional.empty();
      // Neither the turn nor a run: the other one is between its turn and its record.
      while (other.isEmpty() && !turn.run(TURN, () -> run(askedBy, ordered, begun::complete))) {
        other = runs.running();
      }
      other.ifPresent(begun::complete);
    } catch (CancellationException e) {
      LOG.debug("The server ends in the midst of a run", e);
    } catch (RuntimeException e) {
      if (!begun.completeExceptionally(e)) {
        LOG.errorf(e, "A run of the performance tests failed");
      }
    }
  }

  private void run(AskedBy askedBy, List<String> names, Consumer<UUID> begun) {
    runs.cutOff();
    UUID id = runs.begin(askedBy, names, TARGETS.of(names).size());
    begun.accept(id);
    Pace pace = new Pace((int) Setting.PERFORMANCE_SHARE.number(), Setting.PERFORMANCE_TIME.time());
    Probes probes = null;
    Verdict worst = Verdict.NO_DATA;
    for (String name : names) {
      Sheet sheet = new Sheet(TARGETS.of(List.of(name)));
      try {
        probes = probes == null ? Probes.begin(pace) : probes;
        test(name).measure(probes, sheet);
      } catch (Pace.TimeIsUp e) {
        sheet.endWithoutData(String.valueOf(e.getMessage()));
      } catch (CancellationException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        LOG.warnf(e, "The test %s of the running system failed", name);
        sheet.endFailed(String.valueOf(e.getMessage()));
      }
      List<PerformanceResult> results = sheet.results();
      runs.add(id, results);
      for (PerformanceResult result : results) {
        worst = worst.or(result.verdict());
      }
    }
    runs.end(id, worst, KEPT);
  }

  private PerformanceTest test(String name) {
    return tests.stream().filter(test -> test.name().equals(name)).findFirst().orElseThrow();
  }
}
