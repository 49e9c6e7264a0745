package io.refdata.api.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Cached responses of one kind, with a bound on their bytes and on the lifetime of each. */
public final class CacheRegion {
  private final String name;
  private final long maxBytes;
  private final Duration lifetime;
  private final Cache<String, CachedResponse> responses;
  private final LongAdder hits = new LongAdder();
  private final LongAdder revalidations = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bypasses = new LongAdder();

  /**
   * @param maxBytes the bound of all responses together, with their keys and dependencies; 0 caches
   *     nothing
   */
  CacheRegion(String name, long maxBytes, Duration lifetime) {
    this.name = name;
    this.maxBytes = maxBytes;
    this.lifetime = lifetime;
    this.responses =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<String, CachedResponse>weigher(
                (key, response) -> 2 * key.length() + response.weight())
            .expireAfterWrite(lifetime)
            .recordStats()
            .build();
  }

  public String name() {
    return name;
  }

  /** The bound of its bytes. */
  long maxBytes() {
    return maxBytes;
  }

  @Nullable CachedResponse get(String key) {
    return responses.getIfPresent(key);
  }

  void put(String key, CachedResponse response) {
    responses.put(key, response);
  }

  /** Removes all responses. */
  public void clear() {
    responses.invalidateAll();
  }

  void hit() {
    hits.increment();
  }

  void revalidated() {
    revalidations.increment();
  }

  void missed() {
    misses.increment();
  }

  void bypassed() {
    bypasses.increment();
  }

  /**
   * The content of a region, and its counts since the start.
   *
   * @param bytes the bytes that the region uses
   * @param maxBytes the bytes that the region may use
   * @param hits responses from the cache, 304 included
   * @param revalidated the hits that were a 304
   * @param misses responses that were computed because none was cached or fresh
   * @param bypasses responses that were computed because the client asked for it
   * @param evictions responses removed because there was no room or their lifetime was over
   */
  public record Statistics(
      long entries,
      long bytes,
      long maxBytes,
      Duration lifetime,
      long hits,
      long revalidated,
      long misses,
      long bypasses,
      long evictions) {
    /** Hits divided by hits and misses; null before the first of them. */
    public @Nullable Double hitRatio() {
      long lookups = hits + misses;
      return lookups == 0 ? null : (double) hits / lookups;
    }
  }

  /** The content and the counts now. */
  public Statistics statistics() {
    responses.cleanUp();
    long weight = responses.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    return new Statistics(
        responses.estimatedSize(),
        weight,
        maxBytes,
        lifetime,
        hits.sum() + revalidations.sum(),
        revalidations.sum(),
        misses.sum(),
        bypasses.sum(),
        responses.stats().evictionCount());
  }
}
