package io.refdata.api.metrics;

import io.refdata.persistence.metrics.MetricRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** All metrics, for the handler ahead of the servlets, where there is no injection. */
@ApplicationScoped
public class ScrapedMetrics {
  @Inject private MetricRegistry registry;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  ScrapedMetrics() {}

  void publish(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    context.setAttribute(ScrapedMetrics.class.getName(), this);
  }

  static @Nullable ScrapedMetrics of(ServletContext context) {
    return (ScrapedMetrics) context.getAttribute(ScrapedMetrics.class.getName());
  }

  String text() {
    return registry.text();
  }
}
