package io.refdata.persistence.statistics;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.server.Health;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The size of the database, and whether it answers. */
@ApplicationScoped
public class DatabaseMetrics implements MetricSource {
  private final SampleReads reads;
  private volatile @Nullable Long bytes;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  DatabaseMetrics() {
    this(null);
  }

  @Inject
  public DatabaseMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public Duration every() {
    return Setting.METRICS_SAMPLE_SLOWLY_EVERY.time();
  }

  @Override
  public void sample() {
    bytes =
        reads.ask(
            handle ->
                handle
                    .createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
  }

  @Override
  public void collect(MetricSheet sheet) {
    sheet.gauge(
        "refdata_database_up",
        "1 while the database answers this server",
        Health.PLATFORM.reason(Health.Part.DATABASE).isEmpty() ? 1 : 0);
    Long last = bytes;
    if (last != null) {
      sheet.gauge("refdata_database_size_bytes", "The size of the database", last);
    }
  }
}
