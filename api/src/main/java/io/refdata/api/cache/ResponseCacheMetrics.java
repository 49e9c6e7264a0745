package io.refdata.api.cache;

import io.refdata.persistence.metrics.CacheMetrics;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The use of the cached responses. To count their bytes takes a look at all, so it is sampled. */
@ApplicationScoped
public class ResponseCacheMetrics implements MetricSource {
  @Inject private ResponseCache responses;
  private volatile List<Used> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  ResponseCacheMetrics() {}

  private record Used(String region, CacheRegion.Statistics use) {}

  @Override
  public void sample() {
    last =
        responses.regions().stream()
            .map(region -> new Used("answers." + region.name(), region.statistics()))
            .toList();
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (Used used : last) {
      CacheMetrics cache = new CacheMetrics(sheet, used.region());
      cache.content(used.use().entries(), used.use().bytes());
      cache.lookups(used.use().hits(), used.use().misses());
      cache.evictions(used.use().evictions());
    }
    if (!last.isEmpty()) {
      sheet.gauge(
          "refdata_cache_bytes_max",
          "Bytes that all cached responses may use",
          last.get(0).use().maxBytes());
    }
  }
}
