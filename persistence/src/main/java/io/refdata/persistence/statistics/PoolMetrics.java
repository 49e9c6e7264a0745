package io.refdata.persistence.statistics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.sql.Acquisitions;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import javax.sql.DataSource;

/** The pool of connections, as it counts itself, and how long its connections were waited for. */
@ApplicationScoped
public class PoolMetrics implements MetricSource {
  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  PoolMetrics() {}

  @Override
  public void sample() {
    AgroalDataSourceMetrics counts = pool().getMetrics();
    long active = counts.activeCount();
    long waiting = counts.awaitingCount();
    int max = max();
    Map<String, Object> seen =
        Map.of("active", active, "idle", counts.availableCount(), "waiting", waiting, "max", max);
    if (waiting > 0 || active >= max) {
      Health.PLATFORM.down(Part.POOL, "no connection can be had at once", seen);
    } else {
      Health.PLATFORM.up(Part.POOL, seen);
    }
  }

  private AgroalDataSource pool() {
    return (AgroalDataSource) dataSource;
  }

  private int max() {
    return pool().getConfiguration().connectionPoolConfiguration().maxSize();
  }

  @Override
  public void collect(MetricSheet sheet) {
    AgroalDataSourceMetrics counts = pool().getMetrics();
    sheet.gauge("agroal_active_count", "Connections in use", counts.activeCount());
    sheet.gauge("agroal_available_count", "Idle connections", counts.availableCount());
    sheet.gauge("agroal_awaiting_count", "Threads that wait for one", counts.awaitingCount());
    sheet.gauge(
        "agroal_max_used_count", "Most connections in use at a time", counts.maxUsedCount());
    sheet.counter("agroal_creation_count", "Connections opened", counts.creationCount());
    sheet.counter(
        "agroal_leak_detection_count",
        "Connections that were held for too long",
        counts.leakDetectionCount());
    sheet.gauge("refdata_pool_max", "The most connections", max());
    sheet.durations(
        "refdata_pool_acquisition_seconds",
        "How long a connection was waited for",
        Acquisitions.durations());
  }
}
