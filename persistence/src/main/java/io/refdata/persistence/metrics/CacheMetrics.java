package io.refdata.persistence.metrics;

/** The metrics of a region of a cache; all caches have the same. */
public final class CacheMetrics {
  private static final String REGION = "region";

  private final MetricSheet sheet;
  private final String region;

  public CacheMetrics(MetricSheet sheet, String region) {
    this.sheet = sheet;
    this.region = region;
  }

  /** The entries and bytes that the cache holds now. */
  public void content(long entries, long bytes) {
    sheet.gauge("refdata_cache_entries", "Entries of a cache", entries, REGION, region);
    sheet.gauge("refdata_cache_bytes", "Bytes of a cache, estimated", bytes, REGION, region);
  }

  /** The look-ups since the start. */
  public void lookups(long hits, long misses) {
    sheet.counter("refdata_cache_hits", "Look-ups that found an entry", hits, REGION, region);
    sheet.counter("refdata_cache_misses", "Look-ups that found none", misses, REGION, region);
  }

  /** The entries since the start that gave way to others, or grew old. */
  public void evictions(long evictions) {
    sheet.counter(
        "refdata_cache_evictions",
        "Entries that gave way to others or grew old",
        evictions,
        REGION,
        region);
  }
}
