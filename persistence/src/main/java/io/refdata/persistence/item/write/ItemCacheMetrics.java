package io.refdata.persistence.item.write;

import io.refdata.persistence.metrics.CacheMetrics;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The hits and misses of the second-level cache, by the regions that Hibernate names. */
@ApplicationScoped
public class ItemCacheMetrics implements MetricSource {
  @Inject private ItemCaches caches;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  ItemCacheMetrics() {}

  @Override
  public void collect(MetricSheet sheet) {
    for (ItemCaches.Region region : caches.regions()) {
      new CacheMetrics(sheet, region.name()).lookups(region.hits(), region.misses());
    }
  }
}
