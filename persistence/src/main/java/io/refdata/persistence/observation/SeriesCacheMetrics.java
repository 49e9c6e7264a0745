package io.refdata.persistence.observation;

import io.refdata.persistence.metrics.CacheMetrics;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The use of the cache of series. */
@ApplicationScoped
public class SeriesCacheMetrics implements MetricSource {
  @Inject private SeriesCache series;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  SeriesCacheMetrics() {}

  @Override
  public void collect(MetricSheet sheet) {
    SeriesCache.Use use = series.use();
    CacheMetrics cache = new CacheMetrics(sheet, "series");
    cache.content(use.entries(), use.bytes());
    cache.lookups(use.hits(), use.misses());
    cache.evictions(use.evictions());
  }
}
