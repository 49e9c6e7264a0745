package io.refdata.persistence.metrics;

import io.refdata.persistence.Connections;
import io.refdata.persistence.Recurring;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Has each {@link MetricSource} take its samples, on every server. Those that ask the database have
 * a thread of their own: if it hangs, the others go on.
 */
@ApplicationScoped
public class MetricSampler {
  private static final Logger LOG = Logger.getLogger(MetricSampler.class);

  /** The first samples come soon, so that the first scrape has them. */
  private static final Duration FIRST = Duration.ofMillis(500);

  private final ScheduledExecutorService looking = thread("metrics look");
  private final ScheduledExecutorService asking = thread("metrics ask");

  @Inject private MetricRegistry registry;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  MetricSampler() {}

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    for (MetricSource source : registry.sources()) {
      ScheduledExecutorService thread = source.asksDatabase() ? asking : looking;
      thread.scheduleWithFixedDelay(
          new Recurring("A sample of " + source.getClass().getName(), () -> sample(source)),
          FIRST.toMillis(),
          source.every().toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void end() {
    looking.shutdownNow();
    asking.shutdownNow();
  }

  private static void sample(MetricSource source) {
    try {
      source.sample();
    } catch (RuntimeException e) {
      if (Connections.lost(e)) {
        LOG.debug("A sample waits for the database", e);
      } else {
        LOG.warnf("There is no new sample of %s: %s", source.getClass().getName(), e.getMessage());
      }
    }
  }
}
