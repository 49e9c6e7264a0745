package io.refdata.persistence.partition.upkeep;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The number of partitions ahead of the latest observation that each dataset lacks. */
@ApplicationScoped
public class PartitionMetrics implements MetricSource {
  private static final long MOST = Setting.METRICS_DATASETS_MAX.number();

  private final SampleReads reads;
  private volatile List<Lacking> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  PartitionMetrics() {
    this(null);
  }

  @Inject
  public PartitionMetrics(SampleReads reads) {
    this.reads = reads;
  }

  private record Lacking(String dataset, int partitions) {}

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
    last =
        reads.ask(
            handle -> {
              List<Lacking> lacking = new ArrayList<>();
              for (KeptDataset dataset : KeptDataset.all(handle)) {
                if (lacking.size() < MOST) {
                  lacking.add(new Lacking(dataset.code(), missing(handle, dataset)));
                }
              }
              return lacking;
            });
  }

  private static int missing(Handle handle, KeptDataset dataset) {
    Instant latest = dataset.latest();
    if (latest == null || dataset.partitioning().premake() == 0) {
      return 0;
    }
    Set<Instant> ahead = ahead(handle, dataset.id(), latest);
    Instant start = dataset.partitioning().interval().floor(latest);
    int missing = 0;
    for (int i = 0; i < dataset.partitioning().premake(); i++) {
      start = dataset.partitioning().interval().next(start);
      missing += ahead.contains(start) ? 0 : 1;
    }
    return missing;
  }

  /** The starts of the partitions that begin after an instant. */
  private static Set<Instant> ahead(Handle handle, int dataset, Instant latest) {
    return handle
        .createQuery(
            """
            select lower from curated.partition
             where dataset_id = :dataset and kind = 'VALUE' and lower > :latest
            """)
        .bind("dataset", dataset)
        .bind("latest", latest)
        .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .set();
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (Lacking lacking : last) {
      sheet.gauge(
          "refdata_partitions_missing",
          "Partitions ahead of the latest observation that should be there and are not",
          lacking.partitions(),
          "dataset",
          lacking.dataset());
    }
  }
}
