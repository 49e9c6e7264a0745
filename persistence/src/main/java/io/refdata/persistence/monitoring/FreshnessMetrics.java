package io.refdata.persistence.monitoring;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The freshness of each dataset. */
@ApplicationScoped
public class FreshnessMetrics implements MetricSource {
  private static final int MOST = (int) Setting.METRICS_DATASETS_MAX.number();
  private static final double MILLIS = 1e3;

  private final SampleReads reads;
  private volatile List<DatasetAge> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  FreshnessMetrics() {
    this(null);
  }

  @Inject
  public FreshnessMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    last = reads.ask(handle -> Freshness.first(handle, MOST));
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (DatasetAge dataset : last) {
      age(
          sheet,
          "refdata_dataset_age_seconds",
          "Time since the end of its latest period",
          dataset,
          dataset.dataAge());
      age(
          sheet,
          "refdata_dataset_last_load_age_seconds",
          "Time since it was brought up to date",
          dataset,
          dataset.age());
      sheet.gauge(
          "refdata_dataset_freshness",
          "0 FRESH, 1 WARN, 2 STALE",
          dataset.state().ordinal(),
          "dataset",
          dataset.code());
    }
  }

  private static void age(
      MetricSheet sheet, String name, String help, DatasetAge dataset, @Nullable Duration age) {
    if (age != null) {
      sheet.gauge(name, help, age.toMillis() / MILLIS, "dataset", dataset.code());
    }
  }
}
