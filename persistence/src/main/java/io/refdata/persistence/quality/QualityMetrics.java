package io.refdata.persistence.quality;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.persistence.quality.LoadQualities.DatasetQuality;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The quality of each dataset as of its latest judged load. */
@ApplicationScoped
public class QualityMetrics implements MetricSource {
  private static final int MOST = (int) Setting.METRICS_DATASETS_MAX.number();

  private final SampleReads reads;
  private volatile List<DatasetQuality> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  QualityMetrics() {
    this(null);
  }

  @Inject
  public QualityMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  /** A load is judged some time after it: there is no hurry. */
  @Override
  public Duration every() {
    return Setting.METRICS_SAMPLE_SLOWLY_EVERY.time();
  }

  @Override
  public void sample() {
    last = reads.ask(handle -> LoadQualities.first(handle, MOST));
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (DatasetQuality quality : last) {
      if (quality.score() != null) {
        sheet.gauge(
            "refdata_dataset_quality_score",
            "The score of its latest judged load, 0 to 100",
            quality.score(),
            "dataset",
            quality.dataset());
      }
    }
  }
}
