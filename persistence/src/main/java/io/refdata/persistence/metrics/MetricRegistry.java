package io.refdata.persistence.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.stat.HibernateMetrics;
import org.jboss.logging.Logger;

/**
 * All metrics of this server: those of the {@link MetricSource}s, of Hibernate, of the JVM and of
 * the process. To give them asks nobody and waits for nothing.
 */
@ApplicationScoped
public class MetricRegistry {
  private static final Logger LOG = Logger.getLogger(MetricRegistry.class);
  private static final String SESSION_FACTORY = "refdata";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmGcMetrics collections = new JvmGcMetrics();

  @Inject @Any private Instance<MetricSource> sources;
  @PersistenceUnit private EntityManagerFactory factory;
  private List<MetricSource> found;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  MetricRegistry() {}

  @PostConstruct
  void open() {
    found = sources.stream().toList();
    registry.getPrometheusRegistry().register((MultiCollector) this::collect);
    bindProcess(registry);
    HibernateMetrics.monitor(registry, factory.unwrap(SessionFactory.class), SESSION_FACTORY);
  }

  private void bindProcess(MeterRegistry to) {
    new ClassLoaderMetrics().bindTo(to);
    new JvmMemoryMetrics().bindTo(to);
    new JvmThreadMetrics().bindTo(to);
    new ProcessorMetrics().bindTo(to);
    new FileDescriptorMetrics().bindTo(to);
    new UptimeMetrics().bindTo(to);
    collections.bindTo(to);
  }

  @PreDestroy
  void close() {
    collections.close();
    registry.close();
  }

  /** The sources, each once. */
  List<MetricSource> sources() {
    return found;
  }

  private MetricSnapshots collect() {
    MetricSheet sheet = new MetricSheet();
    for (MetricSource source : found) {
      try {
        source.collect(sheet);
      } catch (RuntimeException e) {
        LOG.errorf(e, "The metrics of %s are left out", source.getClass().getName());
      }
    }
    return sheet.snapshots();
  }

  /** All of them, in the text format of Prometheus. */
  public String text() {
    return registry.scrape();
  }
}
